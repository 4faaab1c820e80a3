"""Runs az command lines with the azure-cli of this machine, loaded once: az alone takes longer to load than to ask.

usage: server.py SOCKET. A client sends a JSON list of words and reads {code, stdout, stderr}. Each line runs in a process
of its own, so that none sees what another left behind; after the word `load` in this one.
"""
import contextlib, io, json, os, signal, socket, sys

from azure.cli.core import get_default_cli

def run(words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = get_default_cli().invoke(words, out_file=out)
        except SystemExit as stop:
            code = stop.code
        except BaseException as error:
            code = 1
            err.write(repr(error))
    return {"code": code if isinstance(code, int) else 0 if code is None else 1, "stdout": out.getvalue(), "stderr": err.getvalue()}


signal.signal(signal.SIGCHLD, signal.SIG_IGN)
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
server.listen(8)
print("ready", flush=True)
while True:
    connection, _ = server.accept()
    with connection, connection.makefile("r") as given:
        words = json.loads(given.readline())
        if words[0] == "load":  # in this process, so that those after it find what it loads
            connection.sendall(json.dumps(run(words[1:])).encode())
        elif os.fork() == 0:
            connection.sendall(json.dumps(run(words)).encode())
            os._exit(0)
