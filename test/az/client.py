"""usage: client.py SOCKET WORD...: an az whose work is done by server.py."""
import json, socket, sys

with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(sys.argv[1])
    connection.sendall((json.dumps(sys.argv[2:]) + "\n").encode())
    connection.shutdown(socket.SHUT_WR)
    said = json.loads(b"".join(iter(lambda: connection.recv(65536), b"")))
sys.stdout.write(said["stdout"])
sys.stderr.write(said["stderr"])
sys.exit(said["code"])
