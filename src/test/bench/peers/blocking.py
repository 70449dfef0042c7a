"""What handlers that wait cost: their tail, their memory, everybody else's time when one blocks, and what a trace shows of it."""

import contextlib
import errno
import http.server
import os
import re
import statistics
import subprocess
import threading
import time

import check
import measures
import systems

DOCUMENT = b'{\n   "html_attributions" : [],\n   "results" : [],\n   "status" : "ZERO_RESULTS"\n}\n'
BLOCKED_SECONDS = 1
BLOCKED_AT_ONCE = [1, 4]


class BlockingOurs(systems.Ours):
    """Ours with a places provider that reads a file, see BlockingHerd.java."""

    def command(self, name, places):
        if not places or places.startswith("http"):
            extra = ["--places", "google-legacy", "--places-url", places] if places else []
            return [*super().command(name, places), *extra]
        java = subprocess.run([systems.PROJECT / "bin/herd", "--version"], env={**os.environ, "HERD_JAVA_OPTS": "-XshowSettings:properties"},
                              capture_output=True, text=True).stderr
        home = re.search(r"java\.home = (.*)", java).group(1)
        return [f"{home}/bin/java", "-XX:+UseParallelGC", "-XX:-UsePerfData", "-cp", systems.PROJECT / "target/herd.jar",
                systems.PROJECT / "src/test/java/dev/proxyherd/server/BlockingHerd.java",
                str(self.base), self.folder / "state", places]

    def environment(self):
        return {**super().environment(), "HERD_PLACES_KEY": "none"}


BLOCKING = [BlockingOurs, *systems.PEERS[1:]]


class Pipe:
    """A file that can be opened only every now and then, as one on a network file system that hangs."""

    def __init__(self, path):
        self.path = str(path)
        os.mkfifo(path)

    def release(self):
        """Lets all go on that wait for it."""
        try:
            writer = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as e:
            if e.errno != errno.ENXIO:  # nobody waits
                raise
            return
        try:
            os.write(writer, DOCUMENT)
        finally:
            os.close(writer)


class Question(threading.Thread):
    """A client that asks what is near another one."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.asker = measures.Asker(port)
        self.start()

    def run(self):
        with contextlib.suppress(OSError):  # a server that was stopped meanwhile
            self.asker.answers([b"WHATSAT load-00000000 10 5\n"])
        self.asker.close()


class SlowPlaces(http.server.BaseHTTPRequestHandler):
    """A provider that takes a second."""

    def do_GET(self):
        time.sleep(BLOCKED_SECONDS)
        self.send_response(200)
        self.send_header("Content-Length", str(len(DOCUMENT)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(DOCUMENT)

    def log_message(self, *words):
        pass


def measure(bench, parts, started, say):
    for part, what in {"tail": tail, "idle": idle, "blocked": blocked, "traces": traces}.items():
        if part in parts:
            what(bench, started, say)


def warm(bench, system):
    bench.load.run(system.base, P=16, d=2, w=0, k=10_000)
    bench.load.run(system.base, P=16, d=2, w=0, k=10_000, R=bench.given.rate)


def tail(bench, started, say):
    rows = []
    for system in bench.chosen(*systems.PEERS):
        say(f"{system.label}: tail at {bench.given.rate:,}/s")
        with started(system):
            warm(bench, system)
            runs = [bench.load.run(system.base, P=16, d=bench.given.seconds, w=0.5, k=10_000, R=bench.given.rate)
                    for _ in range(bench.given.rounds)]
        rows.append([system.label, *(millis(statistics.median(run[f"{p}_us"] for run in runs)) for p in ("p50", "p99", "p999"))])
    bench.show("tail", f"Open loop at {bench.given.rate:,} reports/s, one server", ["", "p50", "p99", "p99.9"], rows)


def millis(micros):
    return f"{micros / 1000:.2f} ms" if micros < 10_000 else f"{micros / 1000:,.0f} ms"


def idle(bench, started, say):
    rows = []
    for system in bench.chosen(*systems.PEERS):
        say(f"{system.label}: {bench.given.idle:,} idle connections")
        with started(system):
            warm(bench, system)
            bench.tell_all(system.base, bench.given.idle)
            alone = f"{system.resident_kib() / 1024:.0f} MiB"
            before, live = system.resident_kib(), system.live_kib()
            crowd = bench.load.begin(system.base, m="idle", c=bench.given.idle, d=8, T=4, k=bench.given.idle)
            time.sleep(7)
            each = f"{(system.resident_kib() - before) / bench.given.idle:.1f} KiB"
            if live:
                each += f"; {(system.live_kib() - live) / bench.given.idle:.1f} KiB of live heap"
            bench.load.end(crowd)
        rows.append([system.label, alone, each])
    bench.show("idle", f"{bench.given.idle:,} idle connections, each of which has reported once",
               ["", "resident memory of the server, warm, without them", "for each"], rows)


def blocked(bench, started, say):
    head = [""]
    for count in BLOCKED_AT_ONCE:
        head += [f"{count} blocked: others' p50", "p99", "longest", "all answered after"]
    rows = []
    for system in bench.chosen(*BLOCKING):
        pipe = Pipe(bench.work / f"pipe-{time.time_ns()}")
        with started(system, places=pipe.path):
            warm(bench, system)
            row = [system.label]
            for count in BLOCKED_AT_ONCE:
                say(f"{system.label}: {count} handlers block")
                row += others(bench, system, pipe, count)
        rows.append(row)
    bench.show("blocked", f"{bench.given.rate:,} reports/s, and handlers that block for {BLOCKED_SECONDS} s", head, rows)


def others(bench, system, pipe, count):
    """How others fare in the seconds in which some handlers block, and two more."""
    load = bench.load.begin(system.base, P=16, d=2 + BLOCKED_SECONDS * count, w=0.5, k=10_000, R=bench.given.rate)
    time.sleep(1)
    began = time.monotonic()
    questions = [Question(system.base) for _ in range(count)]
    while any(question.is_alive() for question in questions) and time.monotonic() < began + 20:
        time.sleep(BLOCKED_SECONDS)
        pipe.release()
        time.sleep(0.05)
    answered = time.monotonic() - began
    report = bench.load.end(load)
    return [millis(report["p50_us"]), millis(report["p99_us"]), millis(report["max_us"]), f"{answered:.1f} s"]


def traces(bench, started, say):
    """Prints what each says of where it is, while a handler reads the file and while one asks a provider over HTTP."""
    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowPlaces)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    for system in bench.chosen(*BLOCKING):
        for what in ("file", "provider"):
            pipe = Pipe(bench.work / f"pipe-{time.time_ns()}")
            with started(system, places=pipe.path if what == "file" else f"http://127.0.0.1:{provider.server_port}/"):
                check.ask(system.base, b"IAMAT load-00000000 +34-118 1400794645\n")
                Question(system.base)
                time.sleep(0.4)
                text = about_handlers(system.trace())
                pipe.release()
            print(f"**{system.label}, waiting for a {what}**\n\n```text\n{text}\n```\n", flush=True)
    provider.shutdown()


def about_handlers(trace):
    """The paragraphs of a dump that are about handlers; all of a dump that has none."""
    found = [part for part in re.split(r"\n\s*\n", trace) if re.search(r"nearby|lookUp|look_up|fetch\b|javascriptStack", part)]
    return "\n\n".join(found or [trace.strip()])
