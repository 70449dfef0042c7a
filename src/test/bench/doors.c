/* doors: a load generator for the herd's HTTP doors. One thread, epoll; every connection is kept alive and has one request
 * under way.
 *
 *   gcc -O2 -Wall -o doors doors.c -lm
 *
 *   doors -p PORT [-m osmand | owntracks | nearby] [-c CONNECTIONS] [-d SECONDS] [-w WARM_UP] [-k CLIENTS] [-R RATE]
 *
 * Closed loop by default. With -R the loop is open: requests fall due at that rate, and latency counts from the due time,
 * so a server that stalls cannot hide it. nearby asks for the twenty nearest to points all over 45..55 N, 0..20 E.
 * 127.0.0.1 only. Prints requests a second and latencies in microseconds, and what was not answered 200.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64;

#define SEC 1000000000ull
#define IN_BYTES (256 << 10)            /* a whole answer */

typedef struct {
    int fd, busy;
    u64 due;
    size_t got;
    char *in;
} Conn;

static int port, conns = 64, ids = 10000, next_id;
static double seconds = 5, warm_up = 3, rate;
static const char *mode = "osmand";
static u64 from, until, failed, last_stamp, answered;
static int ep;

/* ---- latencies: by the hundredth of a factor e ---------------------------- */

#define STEPS 2600
static u64 hist[STEPS], greatest;

static void note(u64 ns)
{
    int i = (int)(log((double)(ns + 1)) * 100);
    hist[i < STEPS ? i : STEPS - 1]++;
    if (ns > greatest)
        greatest = ns;
    answered++;
}

static double quantile(double q)
{
    u64 left = (u64)ceil(q * (double)answered);
    for (int i = 0; i < STEPS; i++)
        if (hist[i] >= left)
            return exp((i + 0.5) / 100) / 1000;
        else
            left -= hist[i];
    return (double)greatest / 1000;
}

/* ---- requests ------------------------------------------------------------- */

static u64 clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (u64)t.tv_sec * SEC + (u64)t.tv_nsec;
}

static void die(const char *what)
{
    fprintf(stderr, "doors: %s\n", what);
    exit(2);
}

static int put_request(char *p, size_t room)
{
    u64 now = clock_ns(CLOCK_REALTIME);
    last_stamp = now > last_stamp ? now : last_stamp + 1;       /* each report is newer than the one before */
    double s = (double)random() / RAND_MAX, t = (double)random() / RAND_MAX, lat = 45 + 10 * s, lon = 20 * t;
    int id = next_id;
    next_id = (next_id + 1) % ids;
    char time[32], body[256];
    snprintf(time, sizeof time, "%llu.%09llu", (unsigned long long)(last_stamp / SEC), (unsigned long long)(last_stamp % SEC));
    if (*mode == 'n')
        return snprintf(p, room, "GET /api/nearby?lat=%.5f&lon=%.5f&limit=20 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n", lat, lon, port);
    if (mode[1] == 's')
        return snprintf(p, room, "GET /osmand?id=load-%08d&lat=%.6f&lon=%.6f&timestamp=%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
                        id, lat, lon, time, port);
    int length = snprintf(body, sizeof body, "{\"_type\":\"location\",\"lat\":%.6f,\"lon\":%.6f,\"tst\":%s,"
                          "\"topic\":\"owntracks/load/%08d\"}", lat, lon, time, id);
    return snprintf(p, room, "POST /owntracks HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\n"
                    "Content-Length: %d\r\n\r\n%s", port, length, body);
}

static void ask(Conn *c, u64 due)
{
    char out[1024];
    int length = put_request(out, sizeof out);
    if (send(c->fd, out, (size_t)length, MSG_NOSIGNAL) != length)
        die("a request could not be sent at once");
    c->busy = 1;
    c->due = due;
    c->got = 0;
}

/* ---- answers -------------------------------------------------------------- */

/* Whether all of it is here. */
static int is_whole(Conn *c)
{
    c->in[c->got] = 0;
    char *end = strstr(c->in, "\r\n\r\n"), *length = end ? strcasestr(c->in, "\r\nContent-length:") : 0;
    if (end && (!length || length > end))
        die("an answer does not say how long it is");
    return end && c->got >= (size_t)(end + 4 - c->in) + (size_t)atol(length + 17);
}

static void take(Conn *c)
{
    ssize_t n = recv(c->fd, c->in + c->got, IN_BYTES - 1 - c->got, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        die("the server has closed a connection");
    c->got += (size_t)n;
    if (!is_whole(c))
        return;
    u64 now = clock_ns(CLOCK_MONOTONIC);
    c->busy = 0;
    if (strncmp(c->in, "HTTP/1.1 200 ", 13) && !failed++)
        fprintf(stderr, "doors: not 200: %.*s\n", (int)strcspn(c->in, "\r"), c->in);
    if (now >= from && now < until)
        note(now - c->due);
    if (rate == 0 && now < until)
        ask(c, now);
}

/* ---- the loop ------------------------------------------------------------- */

static void connect_all(Conn *all)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (int i = 0, one = 1; i < conns; i++) {
        Conn *c = &all[i];
        c->fd = socket(AF_INET, SOCK_STREAM, 0);
        c->in = malloc(IN_BYTES);
        if (connect(c->fd, (struct sockaddr *)&a, sizeof a))
            die("cannot connect");
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        fcntl(c->fd, F_SETFL, O_NONBLOCK);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
    }
}

/* Sends what is due, while a connection is free; how long to wait for the next, in nanoseconds. */
static u64 send_due(Conn *all, u64 start, u64 now)
{
    static u64 sent;
    static int turn;
    u64 due = 0;
    for (int tries = 0; tries < conns; tries++) {
        due = start + (u64)((double)sent / rate * 1e9);
        if (due > now)
            return due - now;
        Conn *c = &all[turn];
        turn = (turn + 1) % conns;
        if (!c->busy) {
            ask(c, due);
            sent++;
            tries = 0;
        }
    }
    return SEC / 1000;          /* none is free: an answer comes first */
}

static void run(void)
{
    Conn *all = calloc((size_t)conns, sizeof *all);
    ep = epoll_create1(0);
    connect_all(all);
    u64 start = clock_ns(CLOCK_MONOTONIC), now = start;
    from = start + (u64)(warm_up * 1e9);
    until = from + (u64)(seconds * 1e9);
    for (int i = 0; i < conns && rate == 0; i++)
        ask(&all[i], start);
    struct epoll_event ev[256];
    for (; now < until; now = clock_ns(CLOCK_MONOTONIC)) {
        u64 wait = rate == 0 ? SEC / 20 : send_due(all, start, now);
        struct timespec t = {0, (long)(wait < 20000 ? 20000 : wait > SEC / 20 ? SEC / 20 : wait)};
        int n = epoll_pwait2(ep, ev, 256, &t, 0);
        for (int i = 0; i < n; i++)
            take(ev[i].data.ptr);
    }
}

int main(int argc, char **argv)
{
    for (int o; (o = getopt(argc, argv, "p:m:c:d:w:k:R:")) != -1;)
        switch (o) {
        case 'p': port = atoi(optarg); break;
        case 'm': mode = optarg; break;
        case 'c': conns = atoi(optarg); break;
        case 'd': seconds = atof(optarg); break;
        case 'w': warm_up = atof(optarg); break;
        case 'k': ids = atoi(optarg); break;
        case 'R': rate = atof(optarg); break;
        default: die("see the top of doors.c");
        }
    if (!port || conns < 1 || ids < 1)
        die("see the top of doors.c");
    run();
    printf("rate %.0f p50 %.0f p90 %.0f p99 %.0f p999 %.0f max %.0f failed %llu\n", (double)answered / seconds, quantile(.5),
           quantile(.9), quantile(.99), quantile(.999), (double)greatest / 1000, (unsigned long long)failed);
    return failed > 0;
}
