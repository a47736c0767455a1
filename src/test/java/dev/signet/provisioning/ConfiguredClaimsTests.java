package dev.signet.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.clients.Api;
import dev.signet.clients.ClaimMapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** APIs, attributes and mapped claims in configuration files, and what is refused there with file, line, reason and fix. */
class ConfiguredClaimsTests {

    private static final String FILE = """
        scopes:
          - name: orders:read
            description: Read orders
            claims:
              - {claim: tenant, from: "attribute:tenant", into: [access_token]}
        apis:
          - identifier: https://orders.example
            scopes: [orders:read]
            access_token_lifetime: 5m
            introspection_clients: [orders-api]
        clients:
          - client_id: shop
            client_secret: a-secret-of-the-shop
            redirect_uris: [https://shop.example/cb]
            claims:
              - {claim: roles, from: roles, into: [id_token, userinfo]}
        users:
          - username: demo
            attributes:
              tenant: acme
              projects: [a, b]
        """;

    private static Config read(String text) {
        return ConfigReader.read(TestFiles.file(text), TestFiles.references());
    }

    private static void refuses(String from, String to, int line, String words) {
        assertThat(FILE).contains(from);
        List<ConfigProblem> problems = catchThrowableOfType(ConfigRefused.class, () -> read(FILE.replace(from, to)))
                .problems();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("signet.yml");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.reason()).contains(words);
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void readsApisMappingsAndAttributes() {
        Config config = read(FILE);

        Api api = config.apis().getFirst().api();
        assertThat(api.identifier()).isEqualTo("https://orders.example");
        assertThat(api.scopes()).containsExactly("orders:read");
        assertThat(api.introspectionClients()).containsExactly("orders-api");
        assertThat(config.scopes().getFirst().scope().mappings())
                .containsExactly(
                        new ClaimMapping("tenant", "attribute:tenant", Set.of(ClaimMapping.Place.ACCESS_TOKEN)));
        assertThat(config.clients().getFirst().client().disclosure().claims()).hasSize(1);
        assertThat(config.users().getFirst().user().attributes().values())
                .isEqualTo(Map.of("tenant", "acme", "projects", List.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource({
        "password, looks like a password",
        "card_number, looks like a payment card number",
        "pin, looks like a PIN",
        "sub, would overwrite the claim sub",
        "aud, would overwrite",
        "scope, would overwrite",
        "email_verified, would overwrite",
        "'', no usable"
    })
    void refusesClaimsThatMustNotBeMapped(String claim, String words) {
        refuses("claim: tenant", "claim: '" + claim + "'", 5, words);
        refuses("claim: roles", "claim: '" + claim + "'", 16, words);
    }

    @Test
    void refusesMappingsThatMeanNothing() {
        refuses("attribute:tenant", "attribute:user_password", 5, "looks like a password");
        refuses("attribute:tenant", "somewhere", 5, "no usable \"from\"");
        refuses("into: [access_token]", "into: [token]", 5, "no usable \"into\"");
        refuses("into: [access_token]", "into: access_token", 5, "no usable \"into\"");
        refuses("into: [access_token]", "into: [access_token], why: x", 5, "not known");
    }

    @Test
    void refusesAttributesThatLookSensitiveWithoutRepeatingTheirValues() {
        refuses("tenant: acme", "password: acme", 20, "looks like a password");
        refuses("tenant: acme", "tenant: 4111 1111 1111 1111", 20, "looks like a payment card number");
        refuses("projects: [a, b]", "projects: [a, '4111111111111111']", 21, "looks like a payment card number");
        refuses("tenant: acme", "tenant: 'pin 1234'", 20, "looks like a PIN");
        refuses("tenant: acme", "tenant: {a: b}", 20, "must be text");
        List<ConfigProblem> problems = catchThrowableOfType(
                        ConfigRefused.class, () -> read(FILE.replace("acme", "4111111111111111")))
                .problems();
        assertThat(problems.toString()).doesNotContain("4111");
    }

    @Test
    void refusesApisThatNobodyCouldName() {
        refuses("identifier: https://orders.example", "identifier: orders", 7, "absolute URI");
        refuses("identifier: https://orders.example", "identifier: 'https://orders.example#x'", 7, "fragment");
        refuses("access_token_lifetime: 5m", "access_token_lifetime: 5y", 9, "whole seconds");
        refuses("access_token_lifetime: 5m", "access_token_signed_response_alg: none", 9, "not offered");
    }
}
