package dev.signet.spec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP written byte by byte, for requests that no well-behaved client sends. */
final class Raw {

    private static final int PATIENCE_MS = 15_000;

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

    private Raw() {}

    /** A request without a body. */
    static Http.Answer get(SignetServer server, String target, String... headers) {
        return request(server, "GET", target, new byte[0], headers);
    }

    /** A form, its bytes as given. */
    static Http.Answer post(SignetServer server, String target, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        if (all.stream().noneMatch(line -> line.startsWith("Content-Type:"))) {
            all.add("Content-Type: application/x-www-form-urlencoded");
        }
        return request(server, "POST", target, body, all.toArray(String[]::new));
    }

    static Http.Answer post(SignetServer server, String target, String body, String... headers) {
        return post(server, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Any method; Host and Content-Length are added where they are not given. */
    static Http.Answer request(SignetServer server, String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        if (all.stream().noneMatch(line -> line.startsWith("Host:"))) {
            all.add("Host: localhost:" + port(server));
        }
        boolean framed = all.stream()
                .anyMatch(line -> line.startsWith("Content-Length:") || line.startsWith("Transfer-Encoding:"));
        if (!framed && (body.length > 0 || method.equals("POST"))) {
            all.add("Content-Length: " + body.length);
        }
        all.add("Connection: close");
        all.forEach(line -> head.append(line).append("\r\n"));
        head.append("\r\n");
        return send(server, head.toString().getBytes(StandardCharsets.UTF_8), body);
    }

    /** Sends bytes and reads the answer to its end. The server may answer and hang up before it has read everything. */
    static Http.Answer send(SignetServer server, byte[]... pieces) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port(server))) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                for (byte[] piece : pieces) {
                    socket.getOutputStream().write(piece);
                }
                socket.getOutputStream().flush();
            } catch (IOException hungUp) {
                // What it had to say is still to be read.
            }
            return parse(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(SignetServer server) {
        return URI.create(server.url("/")).getPort();
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0 && !isWhole(all, buffer, n); n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (IOException reset) {
            if (all.size() == 0) {
                throw reset;
            }
        }
        return all.toByteArray();
    }

    /** Whether these bytes complete an answer whose length is known: some servers wait for the rest of a request. */
    private static boolean isWhole(ByteArrayOutputStream all, byte[] more, int count) {
        String text =
                all.toString(StandardCharsets.ISO_8859_1) + new String(more, 0, count, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(end < 0 ? "" : text.substring(0, end));
        boolean whole = length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
        if (whole) {
            all.write(more, 0, count);
        }
        return whole;
    }

    private static Http.Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer: " + text);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        HttpHeaders parsed = HttpHeaders.of(headers, (name, value) -> true);
        String body = text.substring(end + 4);
        if (parsed.firstValue("Transfer-Encoding").orElse("").equals("chunked")) {
            body = dechunked(body);
        }
        byte[] raw = body.getBytes(StandardCharsets.ISO_8859_1);
        return new Http.Answer(
                Integer.parseInt(lines[0].split(" ")[1]), parsed, new String(raw, StandardCharsets.UTF_8));
    }

    private static String dechunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, line).trim(), 16);
            if (size == 0) {
                return whole.toString();
            }
            whole.append(body, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
