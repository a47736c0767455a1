package dev.signet.verifier;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an API saw in a few seconds, gathered: which tokens from where, and how often it refused which way. The issuer can
 * tell from it that a token is used in two places, or that somebody is trying keys. A report contains no token.
 *
 * @param api the audience of the API
 * @param reporter a random id of this process, new at each start
 * @param from begin of the time it tells of
 * @param to end of that time
 * @param dropped sightings and refusals that are missing, since there were too many or a report was lost
 */
public record Report(
        String api,
        String reporter,
        Instant from,
        Instant to,
        List<Sighting> sightings,
        List<Failure> failures,
        long dropped) {

    /**
     * A token that was accepted.
     *
     * @param tokenId its {@code jti}
     * @param address where the requests came from
     */
    public record Sighting(String tokenId, String clientId, String address, Instant first, Instant last, long count) {}

    /** Requests refused for one reason from one address. */
    public record Failure(RefusalReason reason, String address, long count) {}

    public Report {
        sightings = List.copyOf(sightings);
        failures = List.copyOf(failures);
    }

    /** The report as JSON; times are whole seconds since 1970. */
    public String toJson() {
        List<Object> seen = new ArrayList<>(sightings.size());
        for (Sighting sighting : sightings) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("jti", sighting.tokenId());
            item.put("client_id", sighting.clientId());
            item.put("address", sighting.address());
            item.put("first", sighting.first().getEpochSecond());
            item.put("last", sighting.last().getEpochSecond());
            item.put("count", sighting.count());
            seen.add(item);
        }
        List<Object> refused = new ArrayList<>(failures.size());
        for (Failure failure : failures) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("reason", failure.reason().name());
            item.put("address", failure.address());
            item.put("count", failure.count());
            refused.add(item);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("api", api);
        report.put("reporter", reporter);
        report.put("from", from.getEpochSecond());
        report.put("to", to.getEpochSecond());
        report.put("sightings", seen);
        report.put("failures", refused);
        report.put("dropped", dropped);
        return JSONObjectUtils.toJSONString(report);
    }
}
