"""Which of the az command lines on standard input, one a line, the installed Azure CLI can parse. Runs none of them.

Prints a JSON list of [line, null or what az says]. Written for the Python that az itself runs on.
"""
import contextlib, io, json, logging, shlex, sys

from azure.cli.core import get_default_cli
from azure.cli.core.commands import AzCliCommandInvoker
from knack.query import CLIQuery

AzCliCommandInvoker._run_jobs_serially = lambda self, jobs, ids: ([], [])  # never executes
CLIQuery.handle_query_parameter = staticmethod(lambda cli_ctx, **kwargs: None)  # parsed, but there is no answer to query
AzCliCommandInvoker._validation = lambda self, namespace: None  # validators call Azure


def refusal(line):
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setLevel(logging.ERROR)
    logging.getLogger("cli").addHandler(handler)
    code = None
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            code = get_default_cli().invoke(shlex.split(line)[1:], out_file=io.StringIO())
        except SystemExit as exit:
            code = exit.code
        except Exception as error:
            code = repr(error)
            said.write(repr(error))
    logging.getLogger("cli").removeHandler(handler)
    return None if code == 0 else (said.getvalue().strip().splitlines() or ["refused"])[0]


json.dump([[line.strip(), refusal(line.strip())] for line in sys.stdin if line.strip()], sys.stdout)
