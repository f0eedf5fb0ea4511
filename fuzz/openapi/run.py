"""Holds the built server to its own OpenAPI document, as everybody who may ask: Schemathesis once a role.

Each role has a server of its own in a folder of its own, so that what one changes or deletes spoils no
other's run. Operations that end the caller's own session are tried last, for the same reason.

    FOOTFALL_BIN=target/debug/footfall python run.py [--examples 3] [--seed 1] [role …]
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import urllib.request

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
ROLES = ["nobody", "viewer", "analyst", "admin", "owner", "program"]
# After these the caller is signed out, or no member any more.
LAST = [
    "sign_out",
    "sign_out_everywhere",
    "change_password",
    "leave_project",
    "remove_member",
    "change_member",
]
PASSWORD = "correct horse battery"


class Server:
    """A server process and the people in it."""

    def __init__(self, folder):
        settings = {name: value for name, value in os.environ.items() if not name.startswith("FOOTFALL_")}
        settings |= {"NO_COLOR": "1", "FOOTFALL_INGEST__ADDRESS_LIMIT_PER_MINUTE": "0"}
        self.log = open(folder / "log", "w+")
        self.process = subprocess.Popen(
            [os.environ["FOOTFALL_BIN"], "serve", "--data-dir", folder / "data", "--listen", "127.0.0.1:0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=settings, text=True,
        )
        self.url = "http://" + self.first(self.process.stderr, "ready address=")
        self.token = self.first(self.process.stdout, "/setup?token=")

    def first(self, stream, text):
        """What follows a text in a stream of the process, which is read to its end beside."""
        for line in stream:
            self.log.write(line)
            if text in line:
                threading.Thread(target=self.drain, args=[stream], daemon=True).start()
                return line.split(text)[1].split()[0]
        self.log.seek(0)
        raise SystemExit(f"the server ended before it said {text!r}:\n{self.log.read()}")

    def drain(self, stream):
        for line in stream:
            self.log.write(line)

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)

    def send(self, method, path, body=None, cookie=None):
        """The answer's JSON and the cookie it sets."""
        headers = {"content-type": "application/json"} | ({"cookie": cookie} if cookie else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            cookie = (answer.headers.get("set-cookie") or "").split(";")[0]
            return json.loads(text) if text else None, cookie


def set_up(server):
    """The owner's cookie and the project's id."""
    owner = {"token": server.token, "email": "owner@shop.test", "name": "Olive", "password": PASSWORD, "project_name": "Shop"}
    me, cookie = server.send("POST", "/api/setup", owner)
    return cookie, me["projects"][0]["id"]


def credentials(server, role, owner, project):
    """The headers by which a role asks."""
    here = f"/api/projects/{project}"
    if role == "nobody":
        return {}
    if role == "program":
        made, _ = server.send("POST", f"{here}/secret-keys", {"key_name": "Program", "role": "admin"}, owner)
        return {"Authorization": f"Bearer {made['key']}"}
    if role == "owner":
        return {"Cookie": owner}
    invited, _ = server.send("POST", f"{here}/invitations", {"email": f"{role}@shop.test", "role": role}, owner)
    accepted = {"name": role, "password": PASSWORD}
    _, cookie = server.send("POST", f"/api/invitations/{invited['token']}/accept", accepted)
    return {"Cookie": cookie}


def things(server, owner, project):
    """Something of each kind that operations name in their paths."""
    here = f"/api/projects/{project}"
    key, _ = server.send("POST", f"{here}/api-keys", {"key_name": "Site"}, owner)
    widget, _ = server.send("POST", f"{here}/widgets", {"name": "Sales", "kind": "inline"}, owner)
    booking = {"event_type": "booking.abandoned", "customer": {"id": "u1", "email": "a@shop.test"}, "api_key": key["key"]}
    tracked, _ = server.send("POST", "/track-event", booking)
    me, _ = server.send("GET", "/api/auth/me", cookie=owner)
    return {
        "project_id": project,
        "key_id": key["id"],
        "widget_id": widget["id"],
        "contact_id": tracked["contact_id"],
        "user_id": "u1",
        "subject": "u1",
        "member_id": me["member"]["id"],
    }


def configuration(document, headers, parameters, examples, seed):
    """Schemathesis' settings. Every exception has its reason beside it."""
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    known = {operation.get("operationId") for operation in operations if isinstance(operation, dict)}
    missing = [name for name in LAST if name not in known]
    if missing:
        raise SystemExit(f"the document knows no operation {missing}: mend LAST in {__file__}")
    text = f"seed = {seed}\ncontinue-on-failure = true\nrequest-timeout = 40\nwarnings = false\n"
    # Only what the seed says decides what is sent.
    text += f'[generation]\nmax-examples = {examples}\ndatabase = "none"\ndeterministic = true\n'
    # Links would follow deletions across operations: roles have servers of their own to have none of that.
    text += "[phases.stateful]\nenabled = false\n"
    text += "[headers]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in headers.items())
    text += "[parameters]\n" + "".join(f'"path.{name}" = {json.dumps(value)}\n' for name, value in parameters.items())
    return text


def run(role, examples, seed):
    """Runs Schemathesis as a role; its output, and whether everything held."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        server = Server(folder)
        try:
            owner, project = set_up(server)
            headers = credentials(server, role, owner, project)
            parameters = things(server, owner, project)
            document, _ = server.send("GET", "/api/openapi.json")
            settings = folder / "schemathesis.toml"
            settings.write_text(configuration(document, headers, parameters, examples, seed))
            output, holds = "", True
            for which in ["--exclude-operation-id", "--include-operation-id"]:
                chosen = [word for name in LAST for word in (which, name)]
                command = [sys.executable, "-m", "schemathesis.cli", "--config-file", settings, "run", f"{server.url}/api/openapi.json"]
                command += ["--checks", CHECKS, "--workers", "1", *chosen]
                done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                output += done.stdout
                holds &= done.returncode == 0
            if server.process.poll() is not None:
                return f"{output}\nthe server ended: {server.process.returncode}", False
            return output, holds
        finally:
            server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("roles", nargs="*", default=ROLES)
    parser.add_argument("--examples", type=int, default=int(os.environ.get("EXAMPLES") or 3))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or 1))
    chosen = parser.parse_args()
    failed = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        runs = {role: pool.submit(run, role, chosen.examples, chosen.seed) for role in chosen.roles}
        for role, future in runs.items():
            output, holds = future.result()
            summary = [line for line in output.splitlines() if "generated" in line or "passed" in line]
            print(f"--- {role}: {'holds' if holds else 'does not hold'} {summary[-2:]}")
            if not holds:
                print(output)
                failed.append(role)
    if failed:
        sys.exit(f"the answers are not what the document says for: {', '.join(failed)}; seed {chosen.seed}")


if __name__ == "__main__":
    main()
