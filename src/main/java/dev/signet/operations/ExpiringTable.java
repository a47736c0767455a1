package dev.signet.operations;

/** A table whose rows are of no use after the instant in one of their columns, which has an index. */
enum ExpiringTable {
    LOGIN_FLOW("login_flow", "expires_at"),
    AUTHORIZATION("oauth_authorization", "absolute_expires_at"),
    STATUS_LIST("status_list", "expires_at"),
    SSO_SESSION("sso_session", "expires_at"),
    BROWSER_ACCOUNT("browser_account", "expires_at"),
    ONE_TIME_LINK("one_time_link", "expires_at"),
    THROTTLE("throttle", "full_at");

    private final String table;
    private final String column;

    ExpiringTable(String table, String column) {
        this.table = table;
        this.column = column;
    }

    String table() {
        return table;
    }

    String column() {
        return column;
    }
}
