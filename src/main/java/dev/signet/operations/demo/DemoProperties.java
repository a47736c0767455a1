package dev.signet.operations.demo;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demo, active in the Spring profile {@code demo} only.
 *
 * @param sampleClient the sample application's jar
 * @param address where the sample application is to be found; it listens on the port named here
 */
@ConfigurationProperties("signet.demo")
record DemoProperties(
        @DefaultValue("sample-client/target/sample-client.jar")
        Path sampleClient,

        @DefaultValue("http://127.0.0.1:9001") URI address) {}
