package dev.proxyherd.topology.graph;

import java.util.Arrays;

/**
 * How many copies of an update each server sends and hears, on average over all servers that may hear it first, where all
 * links are equally fast. Whoever learns it sends it to all neighbours but the one it has it from. So it hears a copy from each
 * neighbour that is as far from the first one as it is, or nearer; and from each that is farther, unless that one has it from
 * here: of several that are nearer to that one, each is as likely to be the first.
 *
 * @param sent by each server's number; an array of its own, for reading only
 * @param heard likewise
 * @param links of each server
 * @param mostHops from each server to the one farthest from it
 */
public record FloodLoad(double[] sent, double[] heard, int[] links, int[] mostHops) {

    /** By a breadth-first search from each server. All must be joined. */
    public static FloodLoad of(Graph graph) {
        int size = graph.size();
        FloodLoad load = new FloodLoad(new double[size], new double[size], new int[size], new int[size]);
        Search search = new Search(graph);
        for (int first = 0; first < size; first++) {
            load.mostHops[first] = search.run(first);
            search.addHeard(load.heard);
        }
        for (int server = 0; server < size; server++) {
            load.links[server] = graph.degree(server);
            load.sent[server] = graph.degree(server) - 1 + 1.0 / size;
            load.heard[server] /= size;
        }
        return load;
    }

    /** How long a server's processor works for its links, by its number, in seconds each second. */
    public double busy(int server, double updatesPerSecond, LinkFigures figures) {
        return figures.busy(links[server], updatesPerSecond * sent[server], figures.sent())
                + figures.busy(links[server], updatesPerSecond * heard[server], figures.heard());
    }

    /** The server whose links take most of a processor when there are many updates. */
    public int busiest(LinkFigures figures) {
        int busiest = 0;
        for (int server = 1; server < sent.length; server++) {
            busiest = nanos(server, figures) > nanos(busiest, figures) ? server : busiest;
        }
        return busiest;
    }

    /** What each of many updates takes of a server's processor. */
    public double nanos(int server, LinkFigures figures) {
        return sent[server] * figures.sent() + heard[server] * figures.heard();
    }

    /** How many updates a second fill one processor of a server with its links' work alone. */
    public double mostUpdatesPerSecond(int server, LinkFigures figures) {
        double low = 0;
        double high = LinkFigures.NANOS_PER_SECOND;
        for (int i = 0; i < Double.PRECISION; i++) {
            double middle = (low + high) / 2;
            if (busy(server, middle, figures) <= 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static final class Search {
        private final Graph graph;
        private final int[] hops;
        private final int[] nearer;
        private final int[] queue;

        Search(Graph graph) {
            this.graph = graph;
            hops = new int[graph.size()];
            nearer = new int[graph.size()];
            queue = new int[graph.size()];
        }

        /** Counts the hops to each server, and how many neighbours of it are nearer; says how many the most hops are. */
        int run(int first) {
            Arrays.fill(hops, -1);
            Arrays.fill(nearer, 0);
            hops[first] = 0;
            queue[0] = first;
            int found = 1;
            for (int i = 0; i < found; i++) {
                int at = queue[i];
                for (int next : graph.neighbours(at)) {
                    if (hops[next] < 0) {
                        hops[next] = hops[at] + 1;
                        queue[found++] = next;
                    }
                    nearer[next] += hops[next] == hops[at] + 1 ? 1 : 0;
                }
            }
            if (found < queue.length) {
                throw new IllegalArgumentException("an update does not reach all servers");
            }
            return hops[queue[found - 1]];
        }

        void addHeard(double[] heard) {
            for (int server = 0; server < heard.length; server++) {
                for (int from : graph.neighbours(server)) {
                    heard[server] += hops[from] <= hops[server] ? 1 : 1 - 1.0 / nearer[from];
                }
            }
        }
    }
}
