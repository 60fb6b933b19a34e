#!/usr/bin/env python3
"""Dump and load a MariaDB: nsql-ops beside mysqldump | zstd and mydumper / myloader.

Starts a MariaDB of its own (mariadbd on PATH) in a temporary directory, fills it, and runs all
contestants in turn, several rounds, on the same server with the same number of threads. Prints, for
each, the median of wall seconds, of CPU seconds (client and server together) and of megabytes
stored, and the ratio to nsql-ops. On a shared machine CPU is the figure to trust.

  bench/dump_load.py [--rows N] [--rounds N] [--threads N] [--data strings,numbers,text]
"""

import argparse
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")

DATA = {
    "strings": """
CREATE TABLE t{n} (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, k INT NOT NULL, c CHAR(120) NOT NULL,
  pad CHAR(60) NOT NULL, KEY k_1 (k));
INSERT INTO t{n} SELECT seq, FLOOR(RAND({n}1)*1000000),
  CONCAT_WS('-',{eleven}), CONCAT_WS('-',{five}) FROM seq_1_to_{rows};
""".replace("{eleven}", ",".join("LPAD(FLOOR(RAND()*1e10),10,'0')" for _ in range(10)))
    .replace("{five}", ",".join("LPAD(FLOOR(RAND()*1e10),10,'0')" for _ in range(5))),
    "numbers": """
CREATE TABLE n{n} (id BIGINT UNSIGNED PRIMARY KEY, a INT, b INT, c BIGINT, d DECIMAL(12,2), e DOUBLE,
  f DATETIME, g DATE, h TIMESTAMP NULL, i VARCHAR(40), j TINYINT, k SMALLINT, l INT, m DECIMAL(20,6),
  n DATETIME(6), o VARCHAR(20), p INT UNSIGNED, q BIGINT, KEY (a), KEY (f));
INSERT INTO n{n} SELECT seq, RAND()*1e9, seq, seq*seq, RAND()*1e6, RAND(),
  '2020-01-01'+INTERVAL seq SECOND, '2020-01-01'+INTERVAL (seq%3000) DAY,
  '2021-01-01'+INTERVAL seq SECOND, CONCAT('name ',seq), seq%100, seq%30000, RAND()*1e9, RAND()*1e10,
  '2020-01-01'+INTERVAL seq*1000 MICROSECOND, ELT(seq%4+1,'new','paid','sent','done'),
  RAND()*4e9, RAND()*1e18 FROM seq_1_to_{rows};
""",
    "text": """
CREATE TABLE w{n} (id INT PRIMARY KEY, title VARCHAR(200), body TEXT, author VARCHAR(60),
  created DATETIME, KEY (author));
INSERT INTO w{n} SELECT seq, CONCAT({words6}), CONCAT({words40}), CONCAT('author ', seq%5000),
  '2022-01-01'+INTERVAL seq MINUTE FROM seq_1_to_{rows};
""",
}

WORDS = (
    "the of and cluster region leader backup to in is a that restore table row index store raft "
    "follower snapshot commit lock wait time request latency after before node failed ready peer "
    "split merge schedule heartbeat timeout retry success error schema column value query plan"
).split()


def word():
    listed = ",".join("'%s '" % w for w in WORDS)
    return "ELT(1+FLOOR(POW(RAND(),2)*%d),%s)" % (len(WORDS), listed)


def statements(kind, number, rows):
    sql = DATA[kind].replace("{n}", str(number)).replace("{rows}", str(rows))
    sql = sql.replace("{words6}", ",".join(word() for _ in range(6)))
    return sql.replace("{words40}", ",".join(word() for _ in range(40)))


class Server:
    def __init__(self, home):
        self.data = home / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        user = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal",
             "--skip-test-db", "--datadir=%s" % self.data, *user],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            ["mariadbd", "--no-defaults", "--datadir=%s" % self.data, "--port=%d" % self.port,
             "--socket=%s" % (home / "s.sock"), "--bind-address=127.0.0.1", "--local-infile=1",
             "--innodb-buffer-pool-size=2G", "--innodb-log-file-size=1G", "--skip-log-bin",
             "--max-allowed-packet=64M", *user],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(240):
            if subprocess.run(self.client("-e", "SELECT 1"), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return
            time.sleep(0.25)
        sys.exit("mariadbd did not start")

    def client(self, *more, program="mariadb"):
        return [program, "--no-defaults", "-uroot", "-h127.0.0.1", "-P%d" % self.port, *more]

    def sql(self, text):
        subprocess.run(self.client(), input=text.encode(), check=True, stdout=subprocess.DEVNULL)

    def cpu(self):
        fields = open("/proc/%d/stat" % self.process.pid).read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def size(path):
    if path.is_file():
        return path.stat().st_size
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def measure(server, command, env=None):
    """Wall and CPU seconds of a shell command, the server's CPU included."""
    before, children, start = server.cpu(), os.times(), time.monotonic()
    done = subprocess.run(["bash", "-c", "set -o pipefail; " + command], env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wall, after = time.monotonic() - start, os.times()
    if done.returncode != 0:
        sys.exit("failed: %s\n%s" % (command, done.stdout.decode(errors="replace")[-2000:]))
    client = after.children_user - children.children_user
    client += after.children_system - children.children_system
    return wall, client + server.cpu() - before


def contestants(server, home, threads):
    """Name -> (dump command, load command or None, where the dump lies)."""
    login = "-uroot -h127.0.0.1 -P%d" % server.port
    ours = ROOT / "nsql-ops"
    url = "mariadb://root@127.0.0.1:%d" % server.port
    repo = home / "repo"
    all_of = {
        "nsql-ops": (
            "%s backup --quiet --source %s --repo %s --include bench --threads %d"
            % (ours, url, repo, threads),
            "%s restore --quiet --target %s --repo %s --threads %d" % (ours, url, repo, threads),
            repo),
        "nsql-ops, no verify": (
            None,
            "%s restore --quiet --verify none --target %s --repo %s --threads %d"
            % (ours, url, repo, threads),
            repo),
    }
    for level in (1, 3):
        file = home / ("dump%d.sql.zst" % level)
        all_of["mysqldump | zstd -%d" % level] = (
            "mariadb-dump --no-defaults %s --single-transaction --databases bench | zstd -q -%d -T1"
            " -f -o %s" % (login, level, file),
            "zstd -q -dc %s | mariadb --no-defaults %s" % (file, login) if level == 1 else None,
            file)
    if shutil.which("mydumper"):
        out = home / "mydumper"
        all_of["mydumper -c"] = (
            "mydumper %s -B bench -t %d -c -o %s" % (login.replace("-h", "-h ").replace("-P", "-P ").replace("-u", "-u "), threads, out),
            "myloader %s -o -t %d -d %s" % (login.replace("-h", "-h ").replace("-P", "-P ").replace("-u", "-u "), threads, out),
            out)
    return all_of


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=500000)
    parser.add_argument("--tables", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", default="strings,numbers,text")
    options = parser.parse_args()
    # each table when it is there, also into a file
    sys.stdout.reconfigure(line_buffering=True)
    home = pathlib.Path(tempfile.mkdtemp(prefix="nsql-ops-bench-"))
    server = Server(home)
    try:
        for program in ("mariadbd", "mydumper", "zstd"):
            if shutil.which(program):
                version = subprocess.run([program, "--version"], capture_output=True, text=True)
                print((version.stdout or version.stderr).strip().splitlines()[0])
        for kind in options.data.split(","):
            compare(server, home, kind, options)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def compare(server, home, kind, options):
    server.sql("DROP DATABASE IF EXISTS bench; CREATE DATABASE bench")
    for number in range(1, options.tables + 1):
        server.sql("USE bench;" + statements(kind, number, options.rows))
    env = dict(os.environ, NSQL_OPS_PASSPHRASE="bench", NSQL_OPS_DB_PASSWORD="")
    all_of = contestants(server, home, options.threads)
    dumps, loads, stored = {}, {}, {}
    for _ in range(options.rounds):
        for name, (dump, load, where) in all_of.items():
            if dump:
                shutil.rmtree(where, ignore_errors=True)
                if name == "nsql-ops":
                    measure(server, "%s init --quiet --repo %s" % (ROOT / "nsql-ops", where), env)
                dumps.setdefault(name, []).append(measure(server, dump, env))
                stored[name] = size(where)
        for name, (dump, load, where) in all_of.items():
            if load:
                server.sql("DROP DATABASE IF EXISTS bench")
                loads.setdefault(name, []).append(measure(server, load, env))
    report("dump", kind, dumps, stored, options)
    report("load", kind, loads, {}, options)


def report(what, kind, runs, stored, options):
    print("\n%s of %s: %d tables x %d rows, %d threads, medians of %d rounds" % (
        what, kind, options.tables, options.rows, options.threads, options.rounds))
    print("%-24s %8s %8s %8s %10s %10s" % ("", "wall s", "CPU s", "MB", "wall ratio", "CPU ratio"))
    medians = {n: [statistics.median(c) for c in zip(*r)] for n, r in runs.items()}
    base = medians["nsql-ops"]
    for name, (wall, cpu) in medians.items():
        megabytes = "%.1f" % (stored[name] / 1e6) if name in stored else ""
        print("%-24s %8.2f %8.2f %8s %10.2f %10.2f" % (
            name, wall, cpu, megabytes, wall / base[0], cpu / base[1]))


if __name__ == "__main__":
    main()
