package dev.signet.verifier.boot;

import dev.signet.verifier.OfflinePolicy;
import dev.signet.verifier.SignatureAlgorithm;
import dev.signet.verifier.StatusPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How access tokens are checked.
 *
 * @param issuer Address of the Signet server, byte for byte as it stands in its tokens. Switches everything on.
 * @param audience Names of this API, one of which a token must carry.
 * @param algorithms Signature algorithms to accept.
 * @param acceptPlainJwtType Whether tokens with the type JWT are taken as well as those with at+jwt.
 * @param skew How far the server's clock may be from this one; 0s to 5m.
 * @param status Which tokens must name a status list.
 * @param offline What happens to tokens whose status cannot be learnt and whose last known list has expired.
 * @param push Whether the server says at once what was revoked, over a connection that stays open.
 * @param patience How long a request waits for keys or a status list that are not here yet.
 * @param timeout How long an answer of the server may take.
 * @param knownTokens How many tokens are remembered to be well signed; 0 for none.
 * @param reachedAt Where the server is reached from here, if not under its own address.
 * @param allowPlainHttp Whether the server may be reached by plain http on another machine. For trials only.
 * @param baseUrl Address under which clients reach this application, without a path it does not see itself. Needed for DPoP:
 *     proofs name the URL they are for. Without it only requests to this machine itself can carry proofs.
 * @param resourceMetadata Address of this API's own metadata (RFC 9728), named in challenges.
 * @param dpop Tokens bound to a key.
 * @param reports Reports back to the server.
 */
@ConfigurationProperties("signet.verifier")
public record SignetVerifierProperties(
        @Nullable String issuer,
        @DefaultValue Set<String> audience,
        @DefaultValue({"es256", "rs256", "ps256", "eddsa"}) Set<SignatureAlgorithm> algorithms,
        @DefaultValue("false") boolean acceptPlainJwtType,
        @DefaultValue("30s") Duration skew,
        @DefaultValue("if-present") StatusPolicy status,
        @DefaultValue("fail-closed") OfflinePolicy offline,
        @DefaultValue("true") boolean push,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("2000") int knownTokens,
        @Nullable URI reachedAt,
        @DefaultValue("false") boolean allowPlainHttp,
        @Nullable URI baseUrl,
        @Nullable URI resourceMetadata,
        @DefaultValue Dpop dpop,
        @DefaultValue Reports reports) {

    /**
     * Tokens bound to a key (RFC 9449).
     *
     * @param required Whether tokens that are not bound to a key are refused.
     * @param proofAge How old a proof may be.
     * @param rememberedProofs How many proofs are remembered against replay.
     */
    public record Dpop(
            @DefaultValue("false") boolean required,
            @DefaultValue("60s") Duration proofAge,
            @DefaultValue("100000") int rememberedProofs) {}

    /**
     * Reports of which tokens were seen from where, and what was refused, so that the server can raise alarms.
     *
     * @param enabled Whether to send them.
     * @param interval How often.
     * @param clientId Client as which this API gets a token for the reports.
     * @param clientSecret Its secret.
     * @param scope Scope to ask for.
     * @param tokenEndpoint Where to get the token; the server's usual place if not set.
     */
    public record Reports(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("5s") Duration interval,
            @DefaultValue("") String clientId,
            @DefaultValue("") String clientSecret,
            @DefaultValue("") String scope,
            @Nullable URI tokenEndpoint) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Reports[enabled=" + enabled + ", interval=" + interval + ", clientId=" + clientId + "]";
        }
    }
}
