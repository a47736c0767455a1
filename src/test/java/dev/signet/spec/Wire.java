package dev.signet.spec;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests of clients that do not behave: those that a well-made HTTP client cannot make. */
final class Wire {

    private static final int PATIENCE_MS = 30_000;

    private Wire() {}

    /** Opens a connection and sends the beginning of a request; the caller closes it. */
    static Socket begin(SignetServer server, String text) throws IOException {
        URI address = URI.create(server.url("/"));
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Posts a form, and hangs up when the server begins to answer. */
    static void loseTheAnswer(SignetServer server, String path, String authorization, String form) throws IOException {
        try (Socket socket = begin(
                server,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form)) {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("hung up by the server");
            }
        }
    }
}
