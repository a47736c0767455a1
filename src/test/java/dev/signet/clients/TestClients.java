package dev.signet.clients;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Clients for tests. */
public final class TestClients {

    private TestClients() {}

    /** A web application that keeps a secret. */
    public static Client confidential(String clientId) {
        return client(Map.of("client_id", clientId, "redirect_uris", List.of("https://shop.example/callback")), true);
    }

    /** An application in a browser. */
    public static Client spa(String clientId, String origin) {
        return client(
                Map.of(
                        "client_id",
                        clientId,
                        "kind",
                        "spa",
                        "redirect_uris",
                        List.of(origin + "/callback"),
                        "allowed_cors_origins",
                        List.of(origin)),
                false);
    }

    /** A client with these redirect URIs. */
    public static Client of(ClientKind kind, String... redirectUris) {
        boolean confidential = kind == ClientKind.WEB;
        return client(
                Map.of("client_id", "client", "kind", kind.code(), "redirect_uris", List.of(redirectUris)),
                confidential);
    }

    private static Client client(Map<String, Object> metadata, boolean confidential) {
        return switch (ClientMetadata.check(new HashMap<>(metadata), confidential, Clients.SOURCE_API)) {
            case ClientMetadata.Result.Accepted accepted -> accepted.client();
            case ClientMetadata.Result.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
