package dev.signet.verifier;

import static dev.signet.verifier.Outcomes.refused;
import static dev.signet.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificateBindingTests {

    private static final String CERTIFICATE = """
        -----BEGIN CERTIFICATE-----
        MIIBeTCCAR+gAwIBAgIUXBnOf4oJwEaRREFWzO/4om+muGkwCgYIKoZIzj0EAwIw
        ETEPMA0GA1UEAwwGY2xpZW50MCAXDTI2MTEyNTA1MTAxOFoYDzIxMjYxMTAxMDUx
        MDE4WjARMQ8wDQYDVQQDDAZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
        AARUTlsyphRXoXArd2cuZXWF5+psSWdr2zmjIFNAxMTjO8ywwlTEeDosTadsOOKy
        b4z5q4gZWeycFsVA9q9V03+1o1MwUTAdBgNVHQ4EFgQUx1BOewIcD2/Z+G26hIZw
        koV5cCEwHwYDVR0jBBgwFoAUx1BOewIcD2/Z+G26hIZwkoV5cCEwDwYDVR0TAQH/
        BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAsS7vopP/4rvwZCfWRqoCBk/HF2tQ
        r7+BZPukuK7XQY4CIDW3j73d6euTpz2+biktxs6LLmrwiDJGAJGT6+M03hFq
        -----END CERTIFICATE-----
        """;

    @Test
    void takesATokenBoundToACertificateOnlyOverAConnectionWithIt() throws InterruptedException, CertificateException {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(CERTIFICATE.getBytes(StandardCharsets.US_ASCII)));
        try (TestIssuer issuer = new TestIssuer();
                TokenVerifier verifier = TokenVerifier.forIssuer(issuer.issuer())
                        .audience(TestIssuer.AUDIENCE)
                        .build()) {
            assertThat(verifier.awaitReady(Duration.ofSeconds(10))).isTrue();
            String thumbprint = Sha256.base64Url(Sha256.of(certificate.getEncoded()));
            String token = issuer.token(Map.of("cnf", Map.of("x5t#S256", thumbprint)));
            String other = issuer.token(Map.of("cnf", Map.of("x5t#S256", "x" + thumbprint.substring(1))));

            verified(verifier.verify(ApiRequest.bearer(token).over(certificate)));
            refused(verifier.verify(token), RefusalReason.CERTIFICATE_WRONG);
            refused(verifier.verify(ApiRequest.bearer(other).over(certificate)), RefusalReason.CERTIFICATE_WRONG);
        }
    }
}
