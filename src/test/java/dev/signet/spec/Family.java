package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** The row of a grant, for tests that must move its times: nobody can wait for thirty days. */
record Family(SignetServer server, UUID id) {

    private static final String PREFIX = "sgn_rt_";

    /** A handle says which row it is of: after its prefix come the id of a key, then the id of the row. */
    static Family of(SignetServer server, String refreshToken) {
        byte[] bytes = Base64.getUrlDecoder().decode(refreshToken.substring(PREFIX.length()));
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int at = 0; at + 16 <= bytes.length && at < 16; at++) {
            UUID id = new UUID(buffer.getLong(at), buffer.getLong(at + 8));
            boolean found = server.database()
                    .jdbc()
                    .sql("select count(*) from oauth_authorization where id = ?")
                    .param(id)
                    .query(Integer.class)
                    .single()
                    .equals(1);
            if (found) {
                return new Family(server, id);
            }
        }
        throw new AssertionError("no row of " + refreshToken);
    }

    void move(String change) {
        int rows = server.database()
                .jdbc()
                .sql("update oauth_authorization set " + change + " where id = ?")
                .param(id)
                .update();
        assertThat(rows).isEqualTo(1);
    }

    int events(String kind) {
        return server.database()
                .jdbc()
                .sql("select count(*) from audit_event where kind = ? and authorization_id = ?")
                .params(kind, id)
                .query(Integer.class)
                .single();
    }
}
