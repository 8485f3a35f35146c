# Varnish as the CDN and the balancer of several nodes. Needs the module xkey (Debian: varnish, varnish-modules).
# tests/processes/test_three_nodes.py starts Varnish with this file; it replaces the addresses of the nodes alone.
# Varnish speaks no TLS: something in front of it, such as nginx or hitch, ends TLS and sets X-Forwarded-Proto.
vcl 4.1;

import directors;
import std;
import xkey;

# A node that ends says 503 here for DRAIN_SECONDS, which is twice the interval.
probe ready {
    .url = "/-/ready";
    .interval = 1s;
    .timeout = 2s;
    .window = 2;
    .threshold = 2;
    .initial = 1;
}

backend a { .host = "10.0.0.11"; .port = "8000"; .probe = ready; }
backend b { .host = "10.0.0.12"; .port = "8000"; .probe = ready; }
backend c { .host = "10.0.0.13"; .port = "8000"; .probe = ready; }

# The machines with a worker, which purges: the address of the receiver is http://varnish.internal/.
acl workers { "127.0.0.1"; "10.0.0.0"/24; }

sub vcl_init {
    new nodes = directors.round_robin();
    nodes.add_backend(a);
    nodes.add_backend(b);
    nodes.add_backend(c);
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ workers) {
            return (synth(405));
        }
        if (!req.http.xkey-purge) {
            return (synth(400));
        }
        return (synth(200, "Purged " + xkey.purge(req.http.xkey-purge)));
    }
    # For the network inside only.
    if (req.url ~ "^/-/") {
        return (synth(404));
    }
    set req.backend_hint = nodes.backend();
    # stale-while-revalidate while a node is ready, stale-if-error while none is.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 30s;
    }
    # What follows is Varnish's own: a request with a cookie or a token, or a POST, passes by the cache.
}

sub vcl_backend_response {
    set beresp.http.xkey = regsuball(beresp.http.Cache-Tag, ",", " ");
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    # Another node may be there.
    if (beresp.status == 503 && bereq.method ~ "^(GET|HEAD)$" && bereq.retries < 2) {
        return (retry);
    }
    if (beresp.http.Cache-Control ~ "stale-if-error=") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 30s);
    }
}

sub vcl_backend_error {
    # The node that was asked is gone, and the probe has not noticed yet.
    if (bereq.method ~ "^(GET|HEAD)$" && bereq.retries < 2) {
        return (retry);
    }
}

sub vcl_deliver {
    unset resp.http.xkey;
}
