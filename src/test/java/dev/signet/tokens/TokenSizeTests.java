package dev.signet.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.clients.ClientKind;
import dev.signet.clients.TestClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TokenSizeTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TokenSize size = new TokenSize(meters);

    @Test
    void countsEveryLargeTokenAndNamesItsClientOnce(CapturedOutput output) {
        var client = TestClients.of(ClientKind.WEB, "https://app.example/cb");
        size.note(client, 1_500);
        assertThat(output).doesNotContain("Access tokens of client");

        size.note(client, 1_501);
        size.note(client, 9_000);

        assertThat(meters.get("signet.access.tokens.large").counter().count()).isEqualTo(2);
        assertThat(output.toString().split("Access tokens of client client have 1501 bytes", -1))
                .hasSize(2);
        assertThat(output).doesNotContain("9000");
    }
}
