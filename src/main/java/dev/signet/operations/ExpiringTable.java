package dev.signet.operations;

import java.time.Duration;

/** A table whose rows are of no use some time after the instant in one of their columns, which has an index. */
enum ExpiringTable {
    LOGIN_FLOW("login_flow", "expires_at"),
    /** The last access token of a family may outlive it by a day; until then it can only be revoked by this row. */
    AUTHORIZATION("oauth_authorization", "absolute_expires_at", Duration.ofHours(25)),
    ACCESS_TOKEN("access_token", "expires_at"),
    STATUS_LIST("status_list", "expires_at"),
    SSO_SESSION("sso_session", "expires_at"),
    BROWSER_ACCOUNT("browser_account", "expires_at"),
    ONE_TIME_LINK("one_time_link", "expires_at"),
    THROTTLE("throttle", "full_at");

    private final String table;
    private final String column;
    private final Duration grace;

    ExpiringTable(String table, String column) {
        this(table, column, Duration.ZERO);
    }

    ExpiringTable(String table, String column, Duration grace) {
        this.table = table;
        this.column = column;
        this.grace = grace;
    }

    String table() {
        return table;
    }

    String column() {
        return column;
    }

    /** How long a row is kept after that instant. */
    Duration grace() {
        return grace;
    }
}
