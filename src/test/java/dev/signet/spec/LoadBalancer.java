package dev.signet.spec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before several nodes and gives each request to the next one: no request meets the node of the one before. */
final class LoadBalancer implements AutoCloseable {

    /** Set by the client for each connection; {@code Host} stays what the browser was told. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "host", "upgrade", "http2-settings", "expect");

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<SignetServer> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    LoadBalancer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    /** The address all nodes are known by. */
    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    void add(SignetServer node) {
        nodes.add(node);
    }

    /** Sends no more requests to one node but to another; those under way end where they are. */
    void replace(SignetServer node, SignetServer by) {
        nodes.set(nodes.indexOf(node), by);
    }

    /** All nodes as one server. */
    SignetServer server() {
        SignetServer first = nodes.getFirst();
        return new SignetServer(
                this, first.database(), issuer(), server.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            SignetServer node = nodes.get(Math.floorMod(next.getAndIncrement(), nodes.size()));
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    URI.create(node.url(exchange.getRequestURI().toString())));
            byte[] body = exchange.getRequestBody().readAllBytes();
            request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .map()
                    .forEach((name, values) -> exchange.getResponseHeaders().put(name, List.copyOf(values)));
            exchange.getResponseHeaders().remove("Transfer-Encoding");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
