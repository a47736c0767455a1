package com.example.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the sample application. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleClientApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SampleClientApplication.class, arguments);
    }
}
