package dev.proxyherd.server;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.link.Links;
import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.net.LinkEndpoint;
import dev.proxyherd.store.Intake;

/** Hands connections that are no client's over to the links. */
record ServerLinks(Links links, Intake intake, Inquiries inquiries) implements LinkEndpoint {
    @Override
    public void serve(LineConnection connection, Runnable admitted) {
        links.serve(connection, intake, inquiries, admitted);
    }

    @Override
    public void serveSealed(LineConnection connection, Runnable admitted) {
        links.serveSealed(connection, intake, inquiries, admitted);
    }
}
