package dev.signet.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A token of the usual size, signed and verified; with the native provider, and with the JDK's alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningBenchmark {

    private static final byte[] PAYLOAD = """
            {"iss":"https://id.example.com","sub":"01890a5d-ac96-774b-bcce-b302099a8057","aud":"https://api.example.com",
            "exp":1767226500,"nbf":1767225600,"iat":1767225600,"jti":"AYkKXayWd0u8zrMCCZqAV5Zv0W1qg0sX","client_id":"shop",
            "scope":"openid profile email","auth_time":1767225000,"acr":"urn:signet:password","amr":["pwd"],
            "status":{"status_list":{"idx":412345,"uri":"https://id.example.com/status/2010873600"}}}
            """.getBytes(StandardCharsets.UTF_8);

    @Param({"ES256", "RS256", "EDDSA"})
    private SigningAlgorithm algorithm;

    @Param({"corretto", "jdk"})
    private String provider;

    private LoadedKey key;
    private CompactJws jws;

    @Setup
    public void makeAKey() throws Exception {
        if (provider.equals("corretto")) {
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        }
        JWK jwk = KeyMaterial.generate(algorithm);
        String kid = jwk.getKeyID();
        key = new LoadedKey(
                kid,
                algorithm,
                KeyMaterial.publicKey(kid, jwk.toPublicJWK().toJSONString()),
                KeyMaterial.privateKey(kid, jwk.toJSONString().getBytes(StandardCharsets.UTF_8)));
        jws = CompactJws.parse(key.sign("at+jwt", PAYLOAD)).orElseThrow();
    }

    @Benchmark
    public String sign() {
        return key.sign("at+jwt", PAYLOAD);
    }

    @Benchmark
    public boolean verify() {
        return key.signed(jws.signingInput(), jws.signature());
    }
}
