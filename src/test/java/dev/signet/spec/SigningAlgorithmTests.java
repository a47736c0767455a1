package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that choose PS256 and EdDSA get tokens signed so, whose keys are in the JWK set from the start. */
class SigningAlgorithmTests {

    private static final String SECRET = "a-secret-0123456789abcdef0123456789ab";

    @TempDir
    private static Path directory;

    private static SignetServer server;

    @BeforeAll
    static void start() throws Exception {
        Path file = Files.writeString(directory.resolve("algorithms.yml"), """
            clients:
              - {client_id: ps, kind: machine, client_secret: %1$s, access_token_signed_response_alg: PS256}
              - {client_id: ed, kind: machine, client_secret: %1$s, access_token_signed_response_alg: EdDSA}
            """.formatted(SECRET));
        server = SignetServer.start(TestDatabase.create(), Map.of("signet.config-file", file.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static App app(String clientId) {
        return new App(server, clientId, SECRET, "", "");
    }

    private static SignedJWT token(String clientId) throws Exception {
        return SignedJWT.parse(
                app(clientId).token(Map.of("grant_type", "client_credentials")).text("access_token"));
    }

    private static JWK key(SignedJWT token) throws Exception {
        return JWKSet.parse(Http.get(server.url("/oauth2/jwks")).body())
                .getKeyByKeyId(token.getHeader().getKeyID());
    }

    @Test
    void theirKeysAreThereBeforeTheFirstToken() throws Exception {
        assertThat(JWKSet.parse(Http.get(server.url("/oauth2/jwks")).body()).getKeys())
                .extracting(key -> key.getAlgorithm().getName())
                .containsExactlyInAnyOrder("RS256", "PS256", "ES256", "EdDSA");
        assertThat(Http.get(server.url("/.well-known/openid-configuration"))
                        .json()
                        .path("id_token_signing_alg_values_supported")
                        .toString())
                .contains("PS256", "EdDSA");
    }

    @Test
    void ps256VerifiesWithAForeignLibrary() throws Exception {
        SignedJWT token = token("ps");

        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("PS256");
        assertThat(token.verify(new RSASSAVerifier(key(token).toRSAKey()))).isTrue();
        assertThat(app("ps").introspect(token.serialize()).json().path("active").asBoolean())
                .isTrue();
    }

    @Test
    void edDsaVerifiesWithAForeignLibrary() throws Exception {
        SignedJWT token = token("ed");
        OctetKeyPair key = key(token).toOctetKeyPair();

        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("EdDSA");
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(key.getDecodedX()));
        byte[] input = token.getSigningInput();
        verifier.update(input, 0, input.length);
        assertThat(verifier.verifySignature(token.getSignature().decode())).isTrue();
        assertThat(app("ed").introspect(token.serialize()).json().path("active").asBoolean())
                .isTrue();
    }
}
