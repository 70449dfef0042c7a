"""A herd server on asyncio's protocols, with uvloop."""

import asyncio
import collections
import faulthandler
import itertools
import signal

import uvloop

import herd as shared


class Connection(asyncio.Protocol):
    """A client, or a neighbour that has dialled in and tells what it knows."""

    def __init__(self, herd):
        self.herd = herd
        self.rest = b""
        self.lines = collections.deque()
        self.neighbour = self.asking = None
        self.ended = self.paused = self.held = False

    def connection_made(self, transport):
        self.transport = transport
        self.who = "%s:%d" % transport.get_extra_info("peername")

    def data_received(self, data):
        *lines, self.rest = (self.rest + data).split(b"\n")
        self.take(lines)
        if len(self.rest) > shared.MAX_LINE and not self.neighbour:
            self.transport.write(b"? " + self.rest[:1024] + b"\n")
            self.transport.close()

    def eof_received(self):
        self.ended = True
        self.take([self.rest] if self.rest else [])
        return True  # go on writing; take closes

    def take(self, lines):
        if not self.neighbour and lines and lines[0].startswith(b"HERD "):
            self.neighbour = lines.pop(0)[5:].decode("latin-1")
        if lines:
            self.herd.traffic.note("from", self.neighbour or self.who, lines)
        if self.neighbour:
            for line in lines:
                self.herd.heard(line, self.neighbour)
        else:
            self.lines.extend(lines)
            if not self.asking:
                self.go_on()
        if self.ended and not self.asking:
            self.transport.close()

    def go_on(self):
        answers = []
        while self.lines and not self.asking:
            answer = self.herd.answer(self.lines.popleft())
            if isinstance(answer, shared.Question):
                self.asking = asyncio.create_task(self.ask(answer))
            else:
                answers.append(answer)
        self.send(answers)
        self.regulate()

    async def ask(self, question):
        document = await asyncio.to_thread(self.herd.fetch, question)
        self.asking = None
        self.send([question.answer(document)])
        self.take([])

    def send(self, answers):
        if answers and not self.transport.is_closing():
            self.transport.write(b"".join(answers))
            self.herd.traffic.note("to", self.who, [answer.partition(b"\n")[0] for answer in answers])

    def pause_writing(self):
        self.paused = True
        self.regulate()

    def resume_writing(self):
        self.paused = False
        self.regulate()

    def regulate(self):
        """Who does not read its answers, or waits for places, is not read."""
        hold = bool(self.paused or self.asking)
        if hold != self.held and not self.ended and not self.transport.is_closing():
            self.held = hold
            (self.transport.pause_reading if hold else self.transport.resume_reading)()


class Link(asyncio.Protocol):
    """Tells one neighbour all that this server knows, then what it hears, of each client the newest, for ever."""

    def __init__(self, herd, name):
        self.herd, self.name = herd, name
        self.transport = None
        self.pending = {}

    async def keep(self, port):
        loop = asyncio.get_running_loop()
        while True:
            try:
                self.lost = loop.create_future()
                await loop.create_connection(lambda: self, "127.0.0.1", port)
                await self.lost
            except OSError:
                pass
            await asyncio.sleep(shared.RECONNECT_SECONDS)

    def connection_made(self, transport):
        self.herd.traffic.note("link", self.name, [b"up"])
        transport.write(b"HERD %s\n" % self.herd.name.encode())
        self.transport, self.writable, self.scheduled = transport, True, False
        self.pending = {client: at for client, (_, at) in self.herd.store.items()}
        self.schedule()

    def connection_lost(self, reason):
        self.herd.traffic.note("link", self.name, [b"down"])
        self.transport = None
        self.pending.clear()
        self.lost.set_result(None)

    def offer(self, client, at):
        if self.transport:
            self.pending[client] = at
            self.schedule()

    def schedule(self):
        if self.pending and self.writable and not self.scheduled:
            self.scheduled = True
            asyncio.get_running_loop().call_soon(self.drain)

    def drain(self):
        self.scheduled = False
        if self.transport:
            batch = [self.pending.pop(client) for client in list(itertools.islice(self.pending, 1000))]
            self.herd.traffic.note("to", self.name, batch)
            self.transport.write(b"\n".join(batch) + b"\n")
            self.schedule()

    def pause_writing(self):
        self.writable = False

    def resume_writing(self):
        self.writable = True
        self.schedule()


async def main():
    given = shared.arguments()
    traffic = shared.Traffic(given.log, given.name)
    herd = shared.Herd(given.name, given.places, traffic)
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.cancel)
    port = {name: given.base_port + i for i, name in enumerate(shared.NAMES)}
    await loop.create_server(lambda: Connection(herd), "127.0.0.1", port[given.name], backlog=4096)
    herd.links = [Link(herd, name) for name in shared.NEIGHBOURS[given.name]]
    keepers = [asyncio.create_task(link.keep(port[link.name])) for link in herd.links]
    try:
        while not ended.done():
            await asyncio.wait([ended], timeout=0.25)
            traffic.flush()
    finally:
        for keeper in keepers:
            keeper.cancel()


if __name__ == "__main__":
    faulthandler.register(signal.SIGUSR1)  # kill -USR1 shows where it is
    uvloop.install()
    asyncio.run(main())
