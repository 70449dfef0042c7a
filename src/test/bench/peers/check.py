"""Whether a herd does what is measured: answers, floods, and learns what it missed."""

import socket
import time

import measures
import systems

PATIENCE_SECONDS = 20
PARKER, HAMILTON = systems.NAMES.index("Parker"), systems.NAMES.index("Hamilton")


def speaks(system):
    """Ends with an AssertionError where one of them does not; five servers."""
    report = ask(system.ports[0], b"IAMAT kiwi\t+34.068930-118.445127  1400794645.392014450\r\n")
    assert report.startswith(b"AT Alford +") and report.endswith(b" kiwi +34.068930-118.445127 1400794645.392014450\n"), report
    await_everywhere(system, report)
    for line in (b"WHATSIT kiwi", b"IAMAT kiwi +91-118 1400794645", b"IAMAT kiwi +34-118", b"WHATSAT nobody 10 5",
                 b"WHATSAT kiwi 51 5", b"WHATSAT kiwi 10 21", b"AT Alford +1.000000000 kiwi +0+0 1800000000", b"", b"\xe9 \xff"):
        answer = ask(system.ports[0], line + b"\r\n")
        assert answer == b"? " + line + b"\n", answer
    assert half_closed(system.ports[0], b"WHATSIT kiwi\nWHATSIT") == b"? WHATSIT kiwi\n? WHATSIT\n"
    ask(system.ports[1], b"IAMAT kiwi +0+0 1400794644\n")  # outdated
    await_everywhere(system, report)
    system.stop_one(PARKER)
    # Hamilton has no other neighbour.
    newer = ask(system.ports[HAMILTON], b"IAMAT kiwi -33.9+151.2 1400794700\n")
    other = ask(system.ports[0], b"IAMAT lime +1+2 1400794700\n")
    system.start_one(PARKER)
    await_everywhere(system, newer)
    await_everywhere(system, other)


def ask(port, line):
    asker = measures.Asker(port)
    try:
        return asker.answers([line])[0]
    finally:
        asker.close()


def half_closed(port, text):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(text)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(4096), b""))


def await_everywhere(system, location):
    limit = time.monotonic() + PATIENCE_SECONDS
    question = measures.question(location.split()[3])
    for name, port in zip(systems.NAMES, system.ports):
        while (answer := ask(port, question)) != location:
            assert time.monotonic() < limit, f"{name} says {answer}, not {location}"
            time.sleep(0.02)
