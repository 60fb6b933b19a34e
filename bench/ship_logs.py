#!/usr/bin/env python3
"""Ship container logs: nsql-ops beside rsyslog and an OpenTelemetry collector.

Writes TiDB lines in CRI envelopes into several files and lets each contestant, in turn and several
rounds, send all of them to a stub that acknowledges bulk requests and keeps nothing, or to a fresh
Elasticsearch (that of the test beds, one node with 512 MB of heap). nsql-ops joins, parses, makes ids and compresses; rsyslog sends the line as it is, uncompressed. The collector takes
the envelope off and compresses as nsql-ops does, at the quickest level. Prints, for each, the medians
of seconds, lines a second, CPU seconds per million lines (the sender's alone) and the highest resident
memory, and the ratio of CPU to nsql-ops. A run that sent another number of documents than there are
lines is told: its figures do not count.

Peers are those that are here: rsyslogd (Debian packages rsyslog and rsyslog-elasticsearch), and a collector:
otelcol-contrib with its Elasticsearch exporter from PATH, or else the one of testbeds/install otelcol,
which speaks OTLP over HTTP (the stub counts its records). It runs with its queue on disk, and as
otelcol-mem with its queue in memory, where what the queue holds is lost with the process. The bed's cannot speak
to Elasticsearch, so it is left out there.

  bench/ship_logs.py [--lines N] [--files N] [--rounds N] [--elasticsearch]
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent

MESSAGES = [
    ("INFO", "conn.go:1184", '["command dispatched failed"] [conn={n}] [session_alias=] [connInfo="id:{n}, addr:10.0.{m}.{k}:51310 status:10, collation:utf8mb4_0900_ai_ci, user:app"] [command=Query] [status="inTxn:0, autocommit:1"] [sql="SELECT c FROM sbtest{k} WHERE id={n}"]'),
    ("INFO", "region_cache.go:2523", '["switch region leader to specific leader due to kv return NotLeader"] [regionID={n}] [currIdx=0] [leaderStoreID={k}]'),
    ("WARN", "session.go:967", '["can not retry txn"] [conn={n}] [label=general] [error="[kv:9007]Write conflict, txnStartTS={n}, conflictStartTS={m}, key={{tableID={k}, handle={n}}}"] [IsBatchInsert=false] [IsPessimistic=false]'),
    ("INFO", "gc_worker.go:414", '["[gc worker] starts the whole job"] [uuid=61{n}] [safePoint=45{n}] [concurrency={k}]'),
    ("INFO", "domain.go:190", '["diff load InfoSchema success"] [currentSchemaVersion={n}] [neededSchemaVersion={m}] ["start time"={k}.12ms] [gotSchemaVersion={n}] [phyTblIDs="[]"] [actionTypes="[]"]'),
    ("ERROR", "backoff.go:158", '["tikvRPC backoffer.maxSleep {n}ms is exceeded, errors:\\nrpc error: code = Unavailable desc = connection error at 2026-01-02T03:04:05.{k}Z"] [conn={n}]'),
]


def write_logs(home, lines, files):
    """About 360 bytes a line, always the same ones."""
    random.seed(7)
    paths = []
    for number in range(files):
        folder = home / "pods" / ("db_tidb-%d_5a1c" % number) / "tidb"
        folder.mkdir(parents=True)
        paths.append(folder / "0.log")
    base = 1767322800
    for number, path in enumerate(paths):
        with open(path, "w") as out:
            for i in range(lines // files):
                level, place, text = random.choice(MESSAGES)
                text = text.format(n=random.randrange(10**6), m=random.randrange(200), k=random.randrange(32))
                seconds, millis = divmod(i * 7 + number, 1000)
                moment = time.gmtime(base + seconds)
                out.write("%s.%03d123456Z stdout F [%s.%03d +00:00] [%s] [%s] %s\n" % (
                    time.strftime("%Y-%m-%dT%H:%M:%S", moment), millis,
                    time.strftime("%Y/%m/%d %H:%M:%S", moment), millis, level, place, text))
    return paths


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stub:
    def __init__(self, home):
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.process = subprocess.Popen(
            ["java", "-XX:+UseSerialGC", "-Xmx256m", str(ROOT / "bench" / "BulkStub.java"), str(self.port)])
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                self.count()
                return
            except OSError:
                time.sleep(0.1)
        sys.exit("the stub did not start")

    def count(self):
        with urllib.request.urlopen(self.url + "/count", timeout=10) as reply:
            return int(reply.read())

    found = count

    def stop(self):
        self.process.kill()
        self.process.wait()


class Elasticsearch:
    """Documents are counted as they are indexed; whether they can be found is asked at the end."""

    def __init__(self, home):
        subprocess.run([ROOT / "nsql-ops", "demo", "--help"], check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            ["java", "-cp", "%s/demo/target/nsql-ops/lib/*" % ROOT, str(ROOT / "bench" / "RealElasticsearch.java"),
             str(home / "elasticsearch")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.url = self.process.stdout.readline().decode().strip()
        if not self.url:
            sys.exit("Elasticsearch did not start")
        self.port = int(self.url.rsplit(":", 1)[1])

    def ask(self, path, method="GET"):
        request = urllib.request.Request(self.url + path, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)

    def count(self):
        stats = self.ask("/_stats/indexing?expand_wildcards=all")
        return stats["_all"]["primaries"].get("indexing", {}).get("index_total", 0)

    def found(self):
        self.ask("/_refresh?expand_wildcards=all", "POST")
        return self.ask("/logs,logs-*/_count?ignore_unavailable=true")["count"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(60)


def nsql_ops(home, port, url):
    config = home / "ops.yaml"
    config.write_text(
        "cluster: bench\nlogs:\n  state-directory: %s\n  sources:\n"
        "    - { paths: ['%s/pods/*/*/*.log'], envelope: cri, format: auto }\n"
        "  elasticsearch: { urls: ['%s'] }\n" % (home / "state", home, url))
    (home / "state").mkdir()
    return [str(ROOT / "nsql-ops"), "ship-logs", "--config", str(config)]


def rsyslog(home, port, url):
    config = home / "rsyslog.conf"
    config.write_text("""
global(workDirectory="%(home)s/state" maxMessageSize="64k")
module(load="imfile" mode="inotify")
module(load="omelasticsearch")
# option.jsonf="on" would end every document with a line break, and so put empty lines into the request
template(name="doc" type="list") {
  constant(value="{")
  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  constant(value=",")
  property(outname="message" name="msg" format="jsonf")
  constant(value=",")
  property(outname="log.file.path" name="$!metadata!filename" format="jsonf")
  constant(value="}")
}
input(type="imfile" File="%(home)s/pods/*/*/*.log" Tag="tidb" ruleset="ship" addMetadata="on")
ruleset(name="ship") {
  action(type="omelasticsearch" server="127.0.0.1" serverport="%(port)d" template="doc" bulkmode="on"
         searchIndex="logs" searchType="" maxbytes="4m" action.resumeRetryCount="-1"
         queue.type="LinkedList" queue.size="50000" queue.dequeueBatchSize="4000")
}
""" % {"home": home, "port": port})
    (home / "state").mkdir()
    return ["rsyslogd", "-n", "-f", str(config), "-i", str(home / "rsyslog.pid")]


def collector():
    """The collector to take: the one with the Elasticsearch exporter, or the bed's."""
    beds = os.environ.get("NSQL_OPS_TESTBEDS") or (
        os.environ.get("XDG_CACHE_HOME") or str(pathlib.Path.home() / ".cache")) + "/nsql-ops/testbeds"
    built = sorted(pathlib.Path(beds).glob("otelcol-*/otelcol"))
    return shutil.which("otelcol-contrib") or (str(built[-1]) if built else None)


def otel(home, port, url, queue="storage: file_storage"):
    program = collector()
    # by their older names, which old and new collectors know
    exporter = "elasticsearch" if program.endswith("otelcol-contrib") else "otlphttp"
    config = home / "otel.yaml"
    (home / "state").mkdir()
    config.write_text("""
extensions: { file_storage: { directory: %(home)s/state } }
receivers:
  filelog:
    include: ['%(home)s/pods/*/*/*.log']
    include_file_path: true
    start_at: beginning
    storage: file_storage
    operators: [{ type: container, format: containerd }]
processors: { batch: { send_batch_size: 4000, send_batch_max_size: 4000 } }
exporters:
  %(exporter)s:
    endpoint: %(url)s
    compression: gzip
    compression_params: { level: 1 }
    sending_queue: { %(queue)s, block_on_overflow: true }
service:
  extensions: [file_storage]
  telemetry: { metrics: { level: none }, logs: { level: warn } }
  pipelines: { logs: { receivers: [filelog], processors: [batch], exporters: [%(exporter)s] } }
""" % {"home": home, "url": url, "exporter": exporter, "queue": queue})
    return [program, "--config", str(config)]


def otel_memory(home, port, url):
    return otel(home, port, url, "enabled: true")


# name: how it is started, and whether it is here
CONTESTANTS = {"nsql-ops": (nsql_ops, lambda: True),
               "rsyslog": (rsyslog, lambda: shutil.which("rsyslogd")),
               "otelcol": (otel, collector),
               "otelcol-mem": (otel_memory, collector)}


def resident(pid):
    try:
        for line in open("/proc/%d/status" % pid):
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def run(name, lines, logs, start):
    """Lines a second, CPU seconds per million lines, MB resident."""
    home = pathlib.Path(tempfile.mkdtemp(prefix="nsql-ops-ship-"))
    home.chmod(0o755)  # Elasticsearch may run as another user
    receiver = start(home)
    try:
        # hard links: every run finds the same files, new to it
        for path in logs.rglob("*.log"):
            target = home / "pods" / path.relative_to(logs / "pods")
            target.parent.mkdir(parents=True)
            os.link(path, target)
        command = CONTESTANTS[name][0](home, receiver.port, receiver.url)
        began, highest, seen = time.monotonic(), 0, 0
        output = open(home / "output", "w")
        process = subprocess.Popen(command, stdout=output, stderr=output)
        while seen < lines:
            time.sleep(0.1)
            seen = receiver.count()
            highest = max(highest, resident(process.pid))
            if process.poll() is not None:
                sys.exit("%s ended:\n%s" % (name, (home / "output").read_text()[-2000:]))
            if time.monotonic() - began > 900:
                sys.exit("%s sent %d of %d lines in 15 minutes" % (name, seen, lines))
        wall = time.monotonic() - began
        process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(process.pid, 0)
        if receiver.found() != lines:
            print("%s: %d documents for %d lines" % (name, receiver.found(), lines))
        return lines / wall, (usage.ru_utime + usage.ru_stime) / lines * 1e6, highest
    finally:
        receiver.stop()
        shutil.rmtree(home, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=3_000_000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--elasticsearch", action="store_true")
    options = parser.parse_args()
    start = Elasticsearch if options.elasticsearch else Stub
    lines = options.lines // options.files * options.files
    logs = pathlib.Path(tempfile.mkdtemp(prefix="nsql-ops-logs-"))
    try:
        files = write_logs(logs, lines, options.files)
        megabytes = sum(f.stat().st_size for f in files) / 1e6
        print("%d lines, %.0f MB, %d files; medians of %d rounds" % (
            lines, megabytes, options.files, options.rounds))
        names = [name for name, (_, here) in CONTESTANTS.items() if here()]
        if options.elasticsearch and not shutil.which("otelcol-contrib"):
            names = [name for name in names if not name.startswith("otelcol")]
        results = {name: [] for name in names}
        for _ in range(options.rounds):
            for name in names:
                results[name].append(run(name, lines, logs, start))
        base = statistics.median(r[1] for r in results["nsql-ops"])
        print("%-12s %8s %10s %14s %10s %10s" % ("", "wall s", "lines/s", "CPU s/million", "RSS MB", "CPU ratio"))
        for name, runs in results.items():
            rate, cpu, memory = (statistics.median(column) for column in zip(*runs))
            print("%-12s %8.1f %10.0f %14.2f %10.0f %10.2f" % (name, lines / rate, rate, cpu, memory, cpu / base))
    finally:
        shutil.rmtree(logs, ignore_errors=True)


if __name__ == "__main__":
    main()
