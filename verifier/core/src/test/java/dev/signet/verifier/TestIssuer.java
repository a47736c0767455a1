package dev.signet.verifier;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Plays a Signet server over real HTTP: metadata, JWK set, status lists with entity tags, the line for changes, reports.
 * Counts its calls, and can be taken down and brought back at the same address.
 */
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "https://api.example";

    public final TestClock clock = new TestClock();
    public final Map<String, TestKey> keys = new ConcurrentHashMap<>();
    public final List<String> reports = new CopyOnWriteArrayList<>();
    public volatile Duration timeToLive = Duration.ofSeconds(1);
    public volatile Duration listLifetime = Duration.ofMinutes(10);
    public volatile String keysCacheControl = "max-age=600";
    public volatile boolean pushes = true;
    public volatile Duration delay = Duration.ZERO;
    public volatile @Nullable String listInstead;
    public volatile int bits = 1;

    private final Map<String, byte[]> lists = new ConcurrentHashMap<>();
    private final List<String> announced = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextIndex = new AtomicInteger();
    private final int port;
    private final String path;
    private volatile @Nullable HttpServer server;

    public TestIssuer() {
        this("");
    }

    /** @param path of the issuer, such as {@code /id} */
    public TestIssuer(String path) {
        this.path = path;
        keys.put("es", TestKey.of("es", "ES256"));
        lists.put("1", new byte[1024]);
        announced.add("1");
        this.port = up(0);
    }

    public String issuer() {
        return "http://127.0.0.1:" + port + path;
    }

    public void up() {
        up(port);
    }

    private int up(int wanted) {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            fresh.createContext("/", this::handle);
            fresh.start();
            server = fresh;
            return fresh.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void down() {
        HttpServer current = server;
        server = null;
        if (current != null) {
            for (OutputStream listener : listeners) {
                try {
                    listener.close();
                } catch (IOException e) {
                    // gone already
                }
            }
            listeners.clear();
            current.stop(0);
        }
    }

    @Override
    public void close() {
        down();
    }

    // --- tokens

    public TestKey key(String kid) {
        TestKey key = keys.get(kid);
        if (key == null) {
            throw new IllegalArgumentException(kid);
        }
        return key;
    }

    /** The claims of a token that is all right, with a status index of its own. */
    public Map<String, Object> claims() {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("sub", "ann");
        claims.put("aud", AUDIENCE);
        claims.put("client_id", "shop");
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + 900);
        claims.put("scope", "orders:read orders:write");
        claims.put("status", status("1", nextIndex.getAndIncrement()));
        return claims;
    }

    public Map<String, Object> status(String list, long index) {
        return Map.of("status_list", Map.of("idx", index, "uri", listUri(list)));
    }

    /** A token with some claims changed; an empty string takes a claim away. */
    public String token(Map<String, Object> changes) {
        return token("es", Map.of(), changes);
    }

    public String token() {
        return token(Map.of());
    }

    public String token(String kid, Map<String, Object> header, Map<String, Object> changes) {
        Map<String, Object> claims = claims();
        claims.putAll(changes);
        claims.values().removeIf(value -> value.equals(""));
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("typ", "at+jwt");
        full.putAll(header);
        return key(kid).sign(full, claims);
    }

    // --- status lists

    public String listUri(String list) {
        return issuer() + "/status/" + list;
    }

    /** A list that exists but is not announced. */
    public void addSilentList(String list) {
        lists.put(list, new byte[1024]);
    }

    public void announce(String list) {
        lists.putIfAbsent(list, new byte[1024]);
        announced.add(list);
    }

    public void set(String list, int index, int value) {
        byte[] packed = lists.get(list).clone();
        int perByte = 8 / bits;
        int shift = (index % perByte) * bits;
        packed[index / perByte] &= (byte) ~(((1 << bits) - 1) << shift);
        packed[index / perByte] |= (byte) (value << shift);
        lists.put(list, packed);
        tell("event: changed\ndata: " + listUri(list) + "\n\n");
    }

    /** Revokes a token made by {@link #token}. */
    @SuppressWarnings("unchecked")
    public void revoke(Claims claims) {
        Map<String, Object> status = (Map<String, Object>) claims.asMap().get("status");
        Map<String, Object> list = (Map<String, Object>) status.get("status_list");
        String uri = (String) list.get("uri");
        set(uri.substring(uri.lastIndexOf('/') + 1), ((Long) list.get("idx")).intValue(), 1);
    }

    public void tell(String text) {
        if (!pushes) {
            return;
        }
        for (OutputStream listener : listeners) {
            try {
                listener.write(text.getBytes(StandardCharsets.UTF_8));
                listener.flush();
            } catch (IOException e) {
                listeners.remove(listener);
            }
        }
    }

    public int listeners() {
        return listeners.size();
    }

    /** The signed list, as the server publishes it. */
    public String signedList(String list, Map<String, Object> header, Map<String, Object> changes) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", listUri(list));
        claims.put("iat", now);
        claims.put("exp", now + listLifetime.toSeconds());
        claims.put("ttl", timeToLive.toSeconds());
        claims.put("status_list", Map.of("bits", bits, "lst", TestKey.encode(deflated(lists.get(list)))));
        claims.putAll(changes);
        claims.values().removeIf(value -> value.equals(""));
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("typ", "statuslist+jwt");
        full.putAll(header);
        return key("es").sign(full, claims);
    }

    public static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 64];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    // --- HTTP

    public int calls(String pathPart) {
        return calls.entrySet().stream()
                .filter(entry -> entry.getKey().contains(pathPart))
                .mapToInt(entry -> entry.getValue().get())
                .sum();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().getPath();
        calls.computeIfAbsent(asked, key -> new AtomicInteger()).incrementAndGet();
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            return;
        }
        String relative = asked.startsWith(path) ? asked.substring(path.length()) : "?";
        if (relative.equals("/.well-known/openid-configuration")) {
            send(exchange, 200, "application/json", metadata());
        } else if (relative.equals("/jwks")) {
            exchange.getResponseHeaders().set("Cache-Control", keysCacheControl);
            sendTagged(exchange, "application/jwk-set+json", jwks(), jwks());
        } else if (relative.equals("/status")) {
            List<Object> uris = new ArrayList<>();
            announced.forEach(list -> uris.add(listUri(list)));
            exchange.getResponseHeaders().set("Cache-Control", "max-age=2");
            send(exchange, 200, "application/json", JSONObjectUtils.toJSONString(Map.of("status_lists", uris)));
        } else if (relative.equals("/status/changes")) {
            listen(exchange);
        } else if (relative.startsWith("/status/") && lists.containsKey(relative.substring(8))) {
            String list = relative.substring(8);
            String instead = listInstead;
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=" + timeToLive.toSeconds());
            sendTagged(
                    exchange,
                    "application/statuslist+jwt",
                    instead == null ? signedList(list, Map.of(), Map.of()) : instead,
                    instead == null ? BitSet.valueOf(lists.get(list)).toString() : instead);
        } else if (relative.equals("/reports")) {
            reports.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (relative.equals("/oauth2/token")) {
            send(exchange, 200, "application/json", "{\"access_token\":\"api-token\",\"expires_in\":900}");
        } else {
            send(exchange, 404, "text/plain", "");
        }
    }

    private String metadata() {
        return JSONObjectUtils.toJSONString(Map.of(
                "issuer", issuer(),
                "jwks_uri", issuer() + "/jwks",
                "token_endpoint", issuer() + "/oauth2/token",
                "status_list_aggregation_endpoint", issuer() + "/status"));
    }

    private String jwks() {
        List<Object> all = new ArrayList<>();
        keys.values().forEach(key -> all.add(key.publicJwk()));
        return JSONObjectUtils.toJSONString(Map.of("keys", all));
    }

    private void listen(HttpExchange exchange) throws IOException {
        if (!pushes) {
            send(exchange, 404, "text/plain", "");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        listeners.add(out);
    }

    /** @param content what the entity tag stands for: the list, not its signature of this moment */
    private static void sendTagged(HttpExchange exchange, String type, String body, String content) throws IOException {
        String etag = '"' + HexFormat.of().formatHex(digest(content)).substring(0, 16) + '"';
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else {
            send(exchange, 200, type, body);
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
