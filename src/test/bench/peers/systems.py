"""What is compared: how each is found, started, stopped, and how long its source is."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[3]
NAMES = ["Alford", "Bolden", "Hamilton", "Parker", "Welsh"]
LINKS = [["Alford", "Parker"], ["Alford", "Welsh"], ["Bolden", "Parker"], ["Bolden", "Welsh"], ["Hamilton", "Parker"]]
START_SECONDS = 60


class Missing(Exception):
    """Something is not installed; the message says what, and how to install it."""


def find_tool(name, package):
    path = shutil.which(name)
    if not path:
        raise Missing(f"{name} is not installed: apt-get install {package}")
    return path


def find_python(module):
    candidates = [os.environ.get("PEERS_PYTHON"), "/tmp/peers/venv/bin/python", sys.executable, "/usr/bin/python3"]
    for python in filter(None, candidates):
        if shutil.which(python) and subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0:
            return python
    raise Missing(f"no Python has {module}: python3 -m venv /tmp/peers/venv && /tmp/peers/venv/bin/pip install {module}"
                  f" (or apt-get install python3-{module}, or set PEERS_PYTHON)")


def code_lines(*files):
    """Lines that are neither blank nor only comment."""
    total = 0
    for file in files:
        text = file.read_text()
        if file.suffix == ".py":
            text = re.sub(r'(?ms)^\s*""".*?"""$', "", text)
            total += sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))
        else:
            text = re.sub(r"(?ms)^\s*/\*.*?\*/\s*?$", "", text)
            total += sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith("//"))
    return total


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(port):
    """Whether who listens there has got so far that it answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS) as connection:
            connection.sendall(b"END\n")
            return bool(connection.recv(64))
    except OSError:
        return False


class Herd:
    """Servers of one kind that speak the herd's line protocol."""


    def __init__(self, work, base):
        self.work, self.base = work, base
        self.processes = []
        self.starts = 0

    def prepare(self):
        """Looks for what it needs, and builds what there is to build."""

    def start(self, count=1, places=None):
        self.starts += 1
        self.folder = self.work / f"{self.label.split(',')[0].replace(' ', '-')}-{self.starts}"
        self.folder.mkdir()
        self.count = count
        self.ports = [self.base + i for i in range(count)]
        self.processes = [self.begin(name, places) for name in NAMES[:count]]
        for i in range(count):
            self.await_port(i)

    def begin(self, name, places=None):
        with open(self.folder / f"{name}.out", "ab") as output:
            return subprocess.Popen(self.command(name, places), stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                                    env={**os.environ, **self.environment()})

    def start_one(self, i):
        self.processes[i] = self.begin(NAMES[i])
        self.await_port(i)

    def stop_one(self, i):
        self.processes[i].terminate()
        self.processes[i].wait(20)

    def environment(self):
        return {}

    def await_port(self, i):
        limit = time.monotonic() + START_SECONDS
        while not answers(self.ports[i]):
            if self.processes[i].poll() is not None or time.monotonic() > limit:
                raise SystemExit(f"{self.label}: {NAMES[i]} does not start:\n{self.output(NAMES[i])}")
            time.sleep(0.005)

    def output(self, name):
        return (self.folder / f"{name}.out").read_text(errors="replace")

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        shutil.rmtree(self.folder, ignore_errors=True)  # the logs are large

    def resident_kib(self):
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.processes[0].pid}/status").read_text()).group(1))

    def live_kib(self):
        """What of that is in use, where only a collection tells; None elsewhere."""
        return None

    def trace(self):
        """What the first server says of where it is, as its users would ask."""
        self.processes[0].send_signal(signal.SIGUSR1)
        time.sleep(0.2)
        return self.output("Alford")


class Ours(Herd):
    label = "herd, virtual threads"

    def prepare(self):
        subprocess.run([PROJECT / "bin/herd", "--version"], check=True, stdout=subprocess.DEVNULL)
        self.java = None

    def lines(self):
        return code_lines(*PROJECT.glob("src/main/java/**/*.java"))

    def core_lines(self):
        rooms = ["protocol", "io", "log", "net", "link", "store"]
        return code_lines(*[file for room in rooms for file in PROJECT.glob(f"src/main/java/dev/proxyherd/{room}/**/*.java")])

    def command(self, name, places):
        topology = self.folder / "topology.json"
        servers = {name: {"host": "127.0.0.1", "port": port} for name, port in zip(NAMES, self.ports)}
        topology.write_text(json.dumps({"servers": servers, "links": LINKS if self.count > 1 else []}))
        return [PROJECT / "bin/herd", "--name", name, "--topology", topology, "--state-dir", self.folder / "state"]

    def environment(self):
        return {"HERD_SECRET": "0123456789abcdef" * 4}

    def jcmd(self, *words):
        pid = self.processes[0].pid
        java = Path(os.readlink(f"/proc/{pid}/exe")).parent
        return subprocess.run([java / "jcmd", str(pid), *map(str, words)], capture_output=True, text=True, check=True).stdout

    def live_kib(self):
        """A heap grows by more than what lives in it, and does not shrink again."""
        self.jcmd("GC.run")
        return sum(int(used) for used in re.findall(r"(?:PSYoungGen|ParOldGen) .*used (\d+)K", self.jcmd("GC.heap_info")))

    def trace(self):
        file = self.folder / "threads.txt"
        self.jcmd("Thread.dump_to_file", "-overwrite", "-format=text", file)
        return file.read_text()


class Twisted(Herd):
    label = "Twisted"
    sources = [HERE / "python/herd.py", HERE / "python/twisted_herd.py"]

    def prepare(self):
        self.interpreter = find_python("twisted")

    def lines(self):
        return code_lines(*self.sources)

    def command(self, name, places):
        return self.program() + [name, "--base-port", str(self.base), "--log", self.folder] + (["--places", places] if places else [])

    def program(self):
        return [self.interpreter, "-B", self.sources[-1]]


class Asyncio(Twisted):
    label = "asyncio, uvloop"
    sources = [HERE / "python/herd.py", HERE / "python/asyncio_herd.py"]

    def prepare(self):
        self.interpreter = find_python("uvloop")


class Node(Twisted):
    label = "Node"
    sources = [HERE / "node/herd.js"]

    def prepare(self):
        self.interpreter = find_tool("node", "nodejs")

    def program(self):
        return [self.interpreter, "--report-on-signal", "--report-signal=SIGUSR2", "--report-filename=stderr", self.sources[0]]

    def trace(self):
        """A diagnostic report's stack; Node writes none before its loop comes by."""
        self.processes[0].send_signal(signal.SIGUSR2)
        time.sleep(0.3)
        found = re.search(r'^  "javascriptStack": \{.*?^  \}', self.output("Alford"), re.M | re.S)
        return found.group() if found else "(nothing, until the handler returns)"


class Go(Twisted):
    label = "Go"
    sources = sorted((HERE / "go").glob("*.go"))

    def prepare(self):
        go = find_tool("go", "golang-go")
        self.binary = self.work / "go-herd"
        subprocess.run([go, "build", "-o", self.binary, "."], cwd=HERE / "go", check=True)

    def command(self, name, places):
        options = ["--base-port", str(self.base), "--log", self.folder] + (["--places", places] if places else [])
        return [self.binary, *options, name]

    def trace(self):
        """A goroutine dump; the process ends of it."""
        self.processes[0].send_signal(signal.SIGQUIT)
        time.sleep(0.5)
        return self.output("Alford")


class Other(Herd):
    """Another herd that somebody wants to see beside these."""

    def __init__(self, work, base, label, command):
        super().__init__(work, base)
        self.label, self.template = label, command

    def lines(self):
        return 0

    def command(self, name, places):
        return [word.format(name=name, base=self.base, log=self.folder) for word in self.template.split()]


class Limit(Herd):
    """A C server that answers each line with a constant and does nothing else."""

    label = "limit"

    def lines(self):
        return code_lines(HERE.parent / "limit.c")

    def command(self, name, places):
        return [self.work / "limit", str(self.base)]


class Redis(Herd):
    """What a user would take instead: positions in a sorted set, with a log synced each second; five are a primary with four replicas."""

    label = "Redis"

    def prepare(self):
        self.server = find_tool("redis-server", "redis")
        self.benchmark = find_tool("redis-benchmark", "redis")

    def lines(self):
        return 0

    def command(self, name, places):
        folder = self.folder / name
        folder.mkdir()
        port = self.ports[NAMES.index(name)]
        replica = ["--replicaof", "127.0.0.1", str(self.base)] if port != self.base else []
        return [self.server, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes",
                "--appendfsync", "everysec", *replica]

    def info(self, port, field):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"INFO replication\r\nQUIT\r\n")
            text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        found = re.search(rf"^{field}:(\S+)", text, re.M)
        return found and found.group(1)


PEERS = [Ours, Twisted, Asyncio, Node, Go]
