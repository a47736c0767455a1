package dev.signet.verifier;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The status lists of the issuer, kept current in the background so that a request finds its answer in memory.
 *
 * <p>Lists are fetched before a token of theirs arrives, since the issuer announces them; then again whenever their
 * {@code ttl} has passed, or at once when the issuer says that one has changed. A list of which nothing was heard is fetched
 * once for all requests that wait. While the issuer is away the last list serves until it expires.
 */
final class StatusLists {

    private static final System.Logger LOG = System.getLogger(StatusLists.class.getName());

    private static final int ANNOUNCEMENT_LIMIT = 1024 * 1024;
    private static final int PARALLEL_FETCHES = 16;
    private static final Duration USUAL_AGE = Duration.ofSeconds(15);
    private static final Duration LEAST_AGE = Duration.ofSeconds(2);
    private static final Duration GREATEST_AGE = Duration.ofSeconds(20);

    /** How long a list that is announced no more stays after its last use. */
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(10).toNanos();

    private final IssuerHttp http;
    private final Discovery discovery;
    private final IssuerKeys keys;
    private final Settings settings;
    private final Executor executor;
    private final Semaphore parallel = new Semaphore(PARALLEL_FETCHES);
    private final ConcurrentHashMap<String, Tracked> lists = new ConcurrentHashMap<>();
    private final SharedFetch announcement;
    private final Backoff announcementBackoff = new Backoff();
    private volatile Set<String> announced = Set.of();
    private volatile boolean announcementSeen;

    StatusLists(IssuerHttp http, Discovery discovery, IssuerKeys keys, Settings settings, Executor executor) {
        this.http = http;
        this.discovery = discovery;
        this.keys = keys;
        this.settings = settings;
        this.executor = executor;
        this.announcement = new SharedFetch(executor, this::loadAnnouncement);
    }

    /** Fetches what is due. */
    void tick(long now) {
        if (announcementBackoff.isDue(now) && announcement.running() == null) {
            announcement.join();
        }
        for (Tracked list : lists.values()) {
            list.tick(now);
        }
    }

    /**
     * Looks a token's status up.
     *
     * @return whether a current list says that it is valid; false if none is at hand and the offline policy is to let it in
     * @throws Refusal when it is not valid, or not known to be
     */
    boolean check(Claims.StatusReference reference) throws Refusal {
        Tracked tracked = lists.get(reference.uri());
        if (tracked == null) {
            tracked = track(reference.uri());
        }
        StatusList list = tracked == null ? null : tracked.current();
        if (list == null) {
            return offline();
        }
        return switch (list.valueAt(reference.index())) {
            case StatusList.VALID -> !list.isExpired(settings.clock().instant()) || offline();
            case StatusList.INVALID -> throw new Refusal(RefusalReason.REVOKED);
            case StatusList.SUSPENDED -> throw new Refusal(RefusalReason.SUSPENDED);
            case StatusList.NONE -> throw new Refusal(RefusalReason.STATUS_UNKNOWN, "the list is shorter");
            default -> throw new Refusal(RefusalReason.STATUS_UNKNOWN, "a value without meaning here");
        };
    }

    /** Fetches a list that has changed. */
    void changed(String uri) {
        Tracked tracked = lists.get(uri);
        if (tracked != null) {
            tracked.refetch();
        } else {
            announcement.again();
        }
    }

    /** Fetches everything: changes may have been missed. */
    void lostTrack() {
        announcement.again();
        for (Tracked list : lists.values()) {
            list.refetch();
        }
    }

    int count() {
        return lists.size();
    }

    /** How many of the lists cannot be relied on any more. */
    int expired() {
        Instant now = settings.clock().instant();
        int expired = 0;
        for (Tracked tracked : lists.values()) {
            StatusList list = tracked.list;
            if (list != null && list.isExpired(now)) {
                expired++;
            }
        }
        return expired;
    }

    /** Whether the announced lists were asked for and are here. */
    boolean isReady() {
        if (!announcementSeen) {
            return false;
        }
        for (String uri : announced) {
            Tracked tracked = lists.get(uri);
            if (tracked != null && tracked.list == null) {
                return false;
            }
        }
        return true;
    }

    private boolean offline() throws Refusal {
        if (settings.offlinePolicy() == OfflinePolicy.FAIL_CLOSED) {
            throw new Refusal(RefusalReason.STATUS_UNAVAILABLE);
        }
        return false;
    }

    /** Begins to keep a list, unless it is not the issuer's or there are too many. */
    private @Nullable Tracked track(String uri) throws Refusal {
        if (!uri.startsWith(settings.base() + "/")) {
            throw new Refusal(RefusalReason.STATUS_UNKNOWN, "the list is not the issuer's");
        }
        if (lists.size() >= settings.statusLists()) {
            forgetUnused();
            if (lists.size() >= settings.statusLists()) {
                LOG.log(System.Logger.Level.WARNING, "More than {0} status lists", settings.statusLists());
                return null;
            }
        }
        return lists.computeIfAbsent(uri, Tracked::new);
    }

    private void loadAnnouncement() {
        try {
            String address = discovery.metadata().statusLists();
            if (address == null) {
                announcementSeen = true;
                announcementBackoff.succeeded(GREATEST_AGE);
                forgetUnused();
                return;
            }
            IssuerHttp.Answer answer = http.get(address, "application/json", null, false, ANNOUNCEMENT_LIMIT);
            Set<String> current = readAnnouncement(answer.body());
            announced = current;
            forgetUnused();
            for (String uri : current) {
                track(uri);
            }
            announcementSeen = true;
            announcementBackoff.succeeded(age(answer.maxAge()));
            long now = System.nanoTime();
            for (Tracked list : lists.values()) {
                list.tick(now);
            }
        } catch (IOException | ParseException | Refusal | RuntimeException e) {
            if (announcementBackoff.failed()) {
                LOG.log(System.Logger.Level.WARNING, "The status lists cannot be learnt: {0}", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            announcementBackoff.failed();
        }
    }

    private Set<String> readAnnouncement(byte[] body) throws ParseException {
        List<Object> uris = JSONObjectUtils.getJSONArray(
                JSONObjectUtils.parse(new String(body, StandardCharsets.UTF_8)), "status_lists");
        Set<String> current = new LinkedHashSet<>();
        for (Object uri : uris == null ? List.of() : uris) {
            if (uri instanceof String text && current.size() < settings.statusLists()) {
                current.add(text);
            }
        }
        return Set.copyOf(current);
    }

    private static Duration age(@Nullable Duration promised) {
        Duration age = promised == null ? USUAL_AGE : promised;
        return age.compareTo(LEAST_AGE) < 0 ? LEAST_AGE : age.compareTo(GREATEST_AGE) > 0 ? GREATEST_AGE : age;
    }

    private void forgetUnused() {
        long now = System.nanoTime();
        Set<String> keep = announced;
        for (Tracked list : new ArrayList<>(lists.values())) {
            if (!keep.contains(list.uri) && now - list.usedAt > FORGOTTEN_AFTER) {
                lists.remove(list.uri, list);
            }
        }
    }

    /** One list and how it is kept current. */
    private final class Tracked {

        private final String uri;
        private final SharedFetch fetch;
        private final Backoff backoff = new Backoff();
        private volatile @Nullable StatusList list;
        private volatile long usedAt = System.nanoTime();
        private volatile boolean pastCaches;
        private @Nullable String etag;

        Tracked(String uri) {
            this.uri = uri;
            this.fetch = new SharedFetch(executor, this::load);
        }

        void tick(long now) {
            if (backoff.isDue(now) && fetch.running() == null) {
                fetch.join();
            }
        }

        void refetch() {
            pastCaches = true;
            fetch.again();
        }

        /** The list as it is; waits only if there is none, or one that has expired, and the issuer was not found away. */
        @Nullable
        StatusList current() {
            long now = System.nanoTime();
            usedAt = now;
            StatusList known = list;
            if (known != null && !known.isExpired(settings.clock().instant())) {
                return known;
            }
            if (!backoff.isFailing()) {
                SharedFetch.await(fetch.join(), settings.patience());
            }
            return list;
        }

        private void load() {
            parallel.acquireUninterruptibly();
            try {
                StatusList known = list;
                boolean past = pastCaches;
                pastCaches = false;
                Instant now = settings.clock().instant();
                String tag = known == null || known.isAging(now) ? null : etag;
                IssuerHttp.Answer answer =
                        http.get(uri, "application/statuslist+jwt", tag, past, StatusList.limit(settings));
                StatusList fresh = answer.isUnchanged() ? known : accept(answer, known);
                if (backoff.succeeded(fresh == null ? LEAST_AGE : fresh.timeToLive())) {
                    LOG.log(System.Logger.Level.INFO, "The status list {0} can be fetched again", uri);
                }
            } catch (IOException | RuntimeException e) {
                failed(e.getMessage());
            } catch (Refusal e) {
                failed(e.reason() + " " + e.detail());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                backoff.failed();
            } finally {
                parallel.release();
            }
        }

        /** Takes the new list, unless it is older than the one at hand: somebody may be replaying one. */
        private StatusList accept(IssuerHttp.Answer answer, @Nullable StatusList known) throws Refusal {
            StatusList fresh = StatusList.read(new String(answer.body(), StandardCharsets.UTF_8), uri, settings, keys);
            if (known != null && fresh.issuedAt().isBefore(known.issuedAt().minus(settings.skew()))) {
                throw new Refusal(RefusalReason.STATUS_UNKNOWN, "the list is older than the last one");
            }
            list = fresh;
            etag = answer.etag();
            return fresh;
        }

        private void failed(@Nullable String why) {
            if (backoff.failed()) {
                LOG.log(System.Logger.Level.WARNING, "The status list {0} cannot be fetched: {1}", uri, why);
            }
        }
    }
}
