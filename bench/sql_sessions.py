"""The monitoring statements of contract 5 over many sessions, in SQLite and in PostgreSQL: time and memory.

Starts a server on a catalog of its own, stores the sessions in it by SQL, and asks each statement three
times with a secret key. Needs nothing but Python and, for PostgreSQL, Debian's package.

    FOOTFALL_BIN=target/release/footfall python3 bench/sql_sessions.py [--sessions 5000000] [sqlite] [postgres]
"""

import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
DAY_MICROS = 86_400_000_000
USERS = 100_000
STATEMENTS = {
    "session end rate": """
        SELECT COUNT(*) AS total, COUNT(*) FILTER (WHERE ended_at IS NOT NULL) AS ended,
               ROUND(100.0 * COUNT(*) FILTER (WHERE ended_at IS NOT NULL) / COUNT(*), 2) AS rate
        FROM user_sessions""",
    "average duration": """
        SELECT ROUND(AVG(EXTRACT(EPOCH FROM (ended_at - started_at)) / 60), 2) AS minutes
        FROM user_sessions WHERE ended_at IS NOT NULL""",
    "most active users": """
        SELECT u.email, COUNT(*) AS sessions FROM user_sessions s JOIN users u ON u.id = s.user_id
        WHERE s.started_at >= NOW() - INTERVAL '7 days'
        GROUP BY u.email ORDER BY sessions DESC, u.email LIMIT 10""",
}
# A session of user n begins n * 7 minutes and some ago, lasts ten minutes, and every fifth is open.
ROWS = """
    SELECT 'session-' || n, '{project}', 'user-' || (n % {users}), 'session-' || n,
           {now} - n * {step}, {now} - n * {step} + 600000000,
           CASE WHEN n % 5 = 0 THEN NULL ELSE {now} - n * {step} + 600000000 END,
           CASE WHEN n % 5 = 0 THEN NULL ELSE 'idle' END, 'mobile', 'Chrome', '142.0', 'Android', '14',
           'Dar es Salaam', 'TZ', '196.249.xxx.xxx', '/'
    FROM numbers"""
COLUMNS = """(id, project_id, user_id, session_id, started_at, last_activity_at, ended_at, ended_reason,
    device_type, browser, browser_version, os, os_version, city, country, ip_address, entry_page)"""
PEOPLE = "SELECT '{project}', 'user-' || n, 'user-' || n || '@shop.test' FROM numbers"
SQLITE_NUMBERS = "WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})"
POSTGRES_NUMBERS = "WITH numbers AS (SELECT generate_series(0::bigint, {count} - 1) AS n)"


class Server:
    """A server process on a folder, or on a database beside."""

    def __init__(self, folder, settings):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTFALL_")}
        environment |= {"NO_COLOR": "1"} | settings
        self.process = subprocess.Popen(
            [os.environ["FOOTFALL_BIN"], "serve", "--data-dir", folder / "data", "--listen", "127.0.0.1:0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment, text=True,
        )
        self.url = "http://" + self.after(self.process.stderr, "ready address=")

    def after(self, stream, text):
        for line in stream:
            if text in line:
                threading.Thread(target=stream.read, daemon=True).start()
                return line.split(text)[1].split()[0]
        raise SystemExit(f"the server ended before it said {text!r}")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)

    def send(self, path, body, headers):
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"content-type": "application/json"} | headers)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read()), (answer.headers.get("set-cookie") or "").split(";")[0]

    def megabytes(self):
        """Resident memory of the server and of its worker processes."""
        pids = [self.process.pid]
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        pids += [int(pid) for pid in children.split()]
        pages = 0
        for pid in pids:
            try:
                pages += int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
            except OSError:
                pass
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def set_up(server):
    """The project's id and a key that reads it."""
    token = server.after(server.process.stdout, "/setup?token=")
    owner = {"token": token, "email": "owner@shop.test", "name": "Olive", "password": "correct horse battery", "project_name": "Shop"}
    me, cookie = server.send("/api/setup", owner, {})
    project = me["projects"][0]["id"]
    key, _ = server.send(f"/api/projects/{project}/secret-keys", {"key_name": "Monitor", "role": "analyst"}, {"cookie": cookie})
    return project, key["key"]


def fill(run, numbers, project, sessions):
    """Stores people and their sessions."""
    values = {"project": project, "users": USERS, "now": int(time.time() * 1e6), "step": 90 * DAY_MICROS // sessions}
    run(f"INSERT INTO users (project_id, id, email) {numbers.format(count=USERS)} " + PEOPLE.format(**values))
    run(f"INSERT INTO user_sessions {COLUMNS} {numbers.format(count=sessions)} " + ROWS.format(**values))


def ask(server, key, query):
    """The first row, seconds, and the most memory meanwhile, in megabytes."""
    done = threading.Event()
    most = [server.megabytes()]

    def watch():
        while not done.wait(0.05):
            most[0] = max(most[0], server.megabytes())

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    try:
        answer, _ = server.send("/api/sql", {"query": query}, {"authorization": f"Bearer {key}"})
        row = answer["rows"][0]
    except urllib.error.HTTPError as error:
        row = f"{error.code}: {json.loads(error.read())['detail']}"
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    return row, seconds, most[0]


def measure(name, folder, settings, run, numbers, sessions):
    """Prints a line a statement."""
    server = Server(folder, settings)
    project, key = set_up(server)
    server.stop()
    fill(run, numbers, project, sessions)
    server = Server(folder, settings)
    rest = server.megabytes()
    for title, query in STATEMENTS.items():
        runs = [ask(server, key, query) for _ in range(3)]
        seconds = sorted(seconds for _, seconds, _ in runs)
        memory = max(memory for _, _, memory in runs)
        print(f"| {name}: {title} | {seconds[1]:.2f} s | {seconds[0]:.2f}–{seconds[2]:.2f} | {rest:.0f} → {memory:.0f} MB | {runs[0][0]} |", flush=True)
    server.stop()


def sqlite(sessions):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def run(statement):
            with sqlite3.connect(folder / "data" / "catalog.db") as database:
                database.execute(statement)

        measure("SQLite", folder, {}, run, SQLITE_NUMBERS, sessions)


def postgres(sessions):
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cluster:
        folder, cluster = pathlib.Path(folder), pathlib.Path(cluster)
        os.chmod(cluster, 0o755)
        script = (REPOSITORY / "crates/testkit/src/postgres.sh").read_text()

        def shell(*arguments, text=""):
            environment = os.environ | {"SCRIPT": script}
            done = subprocess.run(["sh", "-c", script, "postgres.sh", *arguments], input=text, text=True, env=environment, capture_output=True)
            if done.returncode != 0:
                raise SystemExit(done.stderr)
            return done.stdout

        shell("up", str(cluster / "pg"), str(os.getpid()))
        shell("sql", str(cluster / "pg"), "postgres", text="CREATE ROLE monitor LOGIN; CREATE DATABASE monitor OWNER monitor;")
        url = f"postgres://monitor@localhost/monitor?host={cluster / 'pg'}"
        run = lambda statement: shell("sql", str(cluster / "pg"), "monitor", text=statement + ";")
        measure("PostgreSQL", folder, {"FOOTFALL_CATALOG__URL": url}, run, POSTGRES_NUMBERS, sessions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=5_000_000)
    parser.add_argument("catalogs", nargs="*", default=["sqlite", "postgres"])
    wanted = parser.parse_args()
    for catalog in wanted.catalogs:
        {"sqlite": sqlite, "postgres": postgres}[catalog](wanted.sessions)
