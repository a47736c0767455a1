import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What is measured. Preparation does not count; afterwards some look at what the operations left behind. */
enum Scenario {
    CLIENT_CREDENTIALS(20_000, 10_000) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            return (worker, turn) -> provider.clientCredentials();
        }
    },
    /** One chain of refresh tokens per worker, so each is used once and in order. */
    REFRESH(4_000, 3_000) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            AtomicReferenceArray<Provider.Tokens> used = new AtomicReferenceArray<>(workers);
            AtomicReferenceArray<Provider.Tokens> live = logins(provider, workers);
            return new Work() {
                @Override
                public void once(int worker, int turn) {
                    Provider.Tokens before = live.get(worker);
                    live.set(worker, provider.refresh(before));
                    used.set(worker, before);
                }

                @Override
                public void after() {
                    if (provider.rotates() && provider.settings.get("repeat-window", "none").equals("none")) {
                        int status = provider.refreshAnswer(used.get(0)).statusCode();
                        Wrong.unless(status == 400, "a used refresh token was answered " + status);
                    }
                }
            };
        }
    },
    /** A code and tokens for an app, from a browser that is signed in already. */
    SSO(3_000, 1_500) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            List<Browser> browsers = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Browser browser = provider.browser();
                provider.authorize(browser, provider.settings.person(i));
                browsers.add(browser);
            }
            return (worker, turn) -> provider.authorize(browsers.get(worker), null);
        }
    },
    /** A person without a session: pages, name and password, code, tokens. Most of its cost is the password hash. */
    LOGIN(800, 800) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            return (worker, turn) -> provider.login(turn);
        }
    },
    INTROSPECT(10_000, 5_000) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            AtomicReferenceArray<Provider.Tokens> tokens = logins(provider, workers);
            return (worker, turn) -> Wrong.unless(provider.active(tokens.get(worker).accessToken()), "not active");
        }
    },
    USERINFO(10_000, 5_000) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            AtomicReferenceArray<Provider.Tokens> tokens = logins(provider, workers);
            return (worker, turn) -> provider.userInfo(tokens.get(worker));
        }
    },
    /** Ends a grant by its refresh token; each needs a sign-in of its own beforehand. */
    REVOKE(600, 300) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            Browser browser = provider.browser();
            List<Provider.Tokens> tokens = new ArrayList<>();
            tokens.add(provider.authorize(browser, provider.settings.person(0)));
            while (tokens.size() < operations) {
                tokens.add(provider.authorize(browser, null));
            }
            return new Work() {
                @Override
                public void once(int worker, int turn) {
                    provider.revoke(tokens.get(turn).refreshToken());
                }

                @Override
                public void after() {
                    for (Provider.Tokens revoked : tokens.subList(0, Math.min(3, tokens.size()))) {
                        Wrong.unless(!provider.active(revoked.refreshToken()), "a revoked refresh token is active");
                    }
                }
            };
        }
    },
    JWKS(20_000, 10_000) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            return (worker, turn) -> provider.jwkSet();
        }
    },
    DISCOVERY(20_000, 10_000) {
        @Override
        Work prepare(Provider provider, int workers, int operations) {
            return (worker, turn) -> provider.discovery();
        }
    };

    /** Counts that give steady figures on a warm JVM. */
    final int operations;

    final int warmUp;

    Scenario(int operations, int warmUp) {
        this.operations = operations;
        this.warmUp = warmUp;
    }

    interface Work {

        /** @throws Wrong if the answer is not what it should be */
        void once(int worker, int turn);

        default void after() {}
    }

    /** @param operations how many will follow at most, warm-up included */
    abstract Work prepare(Provider provider, int workers, int operations);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scenario of(String label) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(label.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + label));
    }

    private static AtomicReferenceArray<Provider.Tokens> logins(Provider provider, int workers) {
        AtomicReferenceArray<Provider.Tokens> tokens = new AtomicReferenceArray<>(workers);
        for (int i = 0; i < workers; i++) {
            tokens.set(i, provider.login(i));
        }
        return tokens;
    }
}
