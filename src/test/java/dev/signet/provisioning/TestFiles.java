package dev.signet.provisioning;

import java.util.List;
import java.util.Map;

/** Configuration files for tests. */
final class TestFiles {

    static final String SHOP = """
        scopes:
          - name: api:read
            description: Read the sample API
        clients:
          - client_id: shop
            client_name: Sample Shop
            kind: web
            client_secret: a-secret-of-the-shop
            redirect_uris: ['https://shop.example/callback']
            scope: openid email api:read
            access_token_lifetime: 30m
          - client_id: app
            kind: spa
            redirect_uris: ['https://app.example/callback']
            allowed_cors_origins: ['https://app.example']
        users:
          - username: Demo
            email: Demo@Example.com
            email_verified: true
            name: Demo Person
            birthdate: 2001-02-03
            address: {street_address: "Road 1", country: CH}
            roles: [user]
            password: correct horse battery
        """;

    private TestFiles() {}

    static List<ConfigFile> file(String text) {
        return List.of(new ConfigFile("signet.yml", null, text));
    }

    static SecretReferences references() {
        return new SecretReferences(Map.of("SHOP_SECRET", "a-secret-from-a-variable")::get, true);
    }

    static SecretReferences productionReferences() {
        return new SecretReferences(Map.of("SHOP_SECRET", "a-secret-from-a-variable")::get, false);
    }
}
