package dev.signet.verifier;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets a {@link TokenVerifier} up. Only issuer and audience are needed; the rest has safe defaults. */
public final class TokenVerifierBuilder {

    static final String ACCESS_TOKEN_TYPE = "at+jwt";

    /** RFC 9068 section 2.2: these are REQUIRED. */
    private static final List<String> REQUIRED_CLAIMS = List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");

    private final String issuer;
    private final Set<String> audiences = new LinkedHashSet<>();
    private final Set<SignatureAlgorithm> algorithms = EnumSet.allOf(SignatureAlgorithm.class);
    private List<String> types = List.of(ACCESS_TOKEN_TYPE);
    private List<String> requiredClaims = REQUIRED_CLAIMS;
    private Clock clock = Clock.systemUTC();
    private Duration skew = Duration.ofSeconds(30);
    private int tokenLimit = 16 * 1024;
    private int knownTokens = 2_000;
    private StatusPolicy statusPolicy = StatusPolicy.IF_PRESENT;
    private OfflinePolicy offlinePolicy = OfflinePolicy.FAIL_CLOSED;
    private boolean push = true;
    private Duration patience = Duration.ofSeconds(2);
    private Duration timeout = Duration.ofSeconds(3);
    private int statusLists = 512;
    private int statusListBytes = 256 * 1024;
    private Duration unknownKeyInterval = Duration.ofSeconds(10);
    private boolean dpopRequired;
    private Duration proofAge = Duration.ofSeconds(60);
    private int proofs = 100_000;
    private @Nullable URI resourceMetadata;
    private @Nullable String reachedAt;
    private boolean plainHttp;
    private @Nullable HttpClient client;
    private @Nullable ReportTransport reports;
    private Duration reportInterval = Duration.ofSeconds(5);

    TokenVerifierBuilder(String issuer) {
        this.issuer = issuer;
    }

    /** The names of this API, one of which a token must carry in {@code aud}. At least one. */
    public TokenVerifierBuilder audience(String... names) {
        audiences.addAll(List.of(names));
        return this;
    }

    /** The signature algorithms to accept instead of all four. */
    public TokenVerifierBuilder algorithms(SignatureAlgorithm first, SignatureAlgorithm... others) {
        algorithms.clear();
        algorithms.addAll(EnumSet.of(first, others));
        return this;
    }

    /**
     * Takes tokens with {@code typ: JWT} as well as {@code at+jwt}. ID tokens have that type too; they are refused by their
     * audience and the claims only they have.
     */
    public TokenVerifierBuilder acceptPlainJwtType() {
        types = List.of(ACCESS_TOKEN_TYPE, "JWT");
        return this;
    }

    /**
     * The claims a token must have, instead of those RFC 9068 requires; {@code iss}, {@code aud} and {@code exp} are needed
     * in any case.
     */
    public TokenVerifierBuilder requiredClaims(String... names) {
        Set<String> all = new LinkedHashSet<>(List.of("iss", "exp", "aud"));
        all.addAll(List.of(names));
        requiredClaims = List.copyOf(all);
        return this;
    }

    /** The clock tokens and lists are held against. */
    public TokenVerifierBuilder clock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** How far the issuer's clock may be from ours; 30 s, at most 5 min. */
    public TokenVerifierBuilder skew(Duration tolerated) {
        skew = tolerated;
        return this;
    }

    /** The longest token that is looked at, in characters; 16,384. */
    public TokenVerifierBuilder tokenLimit(int characters) {
        tokenLimit = characters;
        return this;
    }

    /** How many tokens are remembered to be well signed, so that their next use is cheap; 2,000, 0 for none. */
    public TokenVerifierBuilder knownTokens(int number) {
        knownTokens = number;
        return this;
    }

    /** Which tokens must name a status list; those that do are checked unless {@link StatusPolicy#IGNORED}. */
    public TokenVerifierBuilder status(StatusPolicy policy) {
        statusPolicy = policy;
        return this;
    }

    /** What to do when the last status list has expired and no newer one can be had; {@link OfflinePolicy#FAIL_CLOSED}. */
    public TokenVerifierBuilder offline(OfflinePolicy policy) {
        offlinePolicy = policy;
        return this;
    }

    /** Whether to let the issuer say at once which list has changed, over a connection that stays open; true. */
    public TokenVerifierBuilder push(boolean wanted) {
        push = wanted;
        return this;
    }

    /** How long a request waits for keys or a list that are not here yet; 2 s. */
    public TokenVerifierBuilder patience(Duration longest) {
        patience = longest;
        return this;
    }

    /** How long an answer of the issuer may take in all; 3 s. */
    public TokenVerifierBuilder timeout(Duration longest) {
        timeout = longest;
        return this;
    }

    /** How many status lists are kept at most, and how large each may be, in bytes; 512 of 262,144. */
    public TokenVerifierBuilder statusListLimits(int number, int bytes) {
        statusLists = number;
        statusListBytes = bytes;
        return this;
    }

    /** How often at most an unknown key id makes the keys be fetched; 10 s. */
    public TokenVerifierBuilder unknownKeyInterval(Duration shortest) {
        unknownKeyInterval = shortest;
        return this;
    }

    /** Refuses tokens that are not bound to a key. */
    public TokenVerifierBuilder requireDpop() {
        dpopRequired = true;
        return this;
    }

    /** How old a DPoP proof may be, and how many of that time are remembered against replay; 60 s, 100,000. */
    public TokenVerifierBuilder proofs(Duration greatestAge, int remembered) {
        proofAge = greatestAge;
        proofs = remembered;
        return this;
    }

    /** The address of this API's own metadata (RFC 9728), named in challenges. */
    public TokenVerifierBuilder resourceMetadata(URI address) {
        resourceMetadata = address;
        return this;
    }

    /** Where the issuer is reached from here, if not under its own address: inside a cluster, say. */
    public TokenVerifierBuilder reachedAt(URI address) {
        reachedAt = Metadata.withoutSlash(address.toString());
        return this;
    }

    /** Allows plain http to an issuer that is not on this machine: for trials on a network of one's own. */
    public TokenVerifierBuilder allowPlainHttp() {
        plainHttp = true;
        return this;
    }

    /** The client for all requests to the issuer, for proxies or private certificate authorities; closing it is left to you. */
    public TokenVerifierBuilder httpClient(HttpClient newClient) {
        client = newClient;
        return this;
    }

    /** Reports which tokens were seen and refused, every few seconds. Off unless set. */
    public TokenVerifierBuilder reports(ReportTransport transport, Duration interval) {
        reports = transport;
        reportInterval = interval;
        return this;
    }

    /**
     * Builds the verifier and starts its work in the background; does not wait for the issuer.
     *
     * @throws IllegalArgumentException when a setting is missing or unsafe
     */
    public TokenVerifier build() {
        URI address = checkedAddress(reachedAt == null ? issuer : reachedAt);
        demand(!audiences.isEmpty(), "An audience is needed: without one, tokens for any API would do");
        demand(!skew.isNegative() && skew.compareTo(Duration.ofMinutes(5)) <= 0, "The skew is 0 to 5 minutes");
        demand(tokenLimit > 0 && knownTokens >= 0, "Limits are not negative");
        demand(
                statusLists > 0 && statusListBytes > 0 && statusListBytes <= 64 * 1024 * 1024,
                "List limits are positive");
        demand(!proofAge.isNegative() && proofs > 0, "The age and number of proofs are positive");
        Settings settings = new Settings(
                issuer,
                Set.copyOf(audiences),
                types,
                Set.copyOf(algorithms),
                requiredClaims,
                clock,
                skew,
                tokenLimit,
                knownTokens,
                statusPolicy,
                offlinePolicy,
                push,
                patience,
                statusLists,
                statusListBytes,
                unknownKeyInterval,
                dpopRequired,
                proofAge,
                proofs,
                resourceMetadata);
        HttpClient given = client;
        IssuerHttp http =
                new IssuerHttp(given == null ? newClient(address) : given, settings.base(), reachedAt, timeout);
        ReportTransport transport = reports;
        return new TokenVerifier(
                settings,
                http,
                given == null,
                transport == null
                        ? null
                        : new Reports(transport, audiences.iterator().next(), clock, reportInterval));
    }

    private HttpClient newClient(URI address) {
        return HttpClient.newBuilder()
                .connectTimeout(timeout)
                // A redirect would let the issuer's address lead anywhere.
                .followRedirects(HttpClient.Redirect.NEVER)
                .version("https".equals(address.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
    }

    private URI checkedAddress(String text) {
        URI address = URI.create(text);
        boolean secure = "https".equals(address.getScheme());
        boolean plain = "http".equals(address.getScheme());
        demand((secure || plain) && address.getHost() != null, "The issuer is an https address; this is none: " + text);
        demand(
                secure || plainHttp || isLoopback(address.getHost()),
                "Keys fetched over plain http can be anybody's; the issuer must have an https address: " + text);
        return address;
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void demand(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
