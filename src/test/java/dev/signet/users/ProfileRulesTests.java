package dev.signet.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileRulesTests {

    @ParameterizedTest
    @CsvSource({
        "name,Ada Lovelace",
        "name,李小龍",
        "website,https://ada.example/",
        "birthdate,1815-12-10",
        "birthdate,0000-12-10",
        "birthdate,1815",
        "zoneinfo,Europe/Zurich",
        "locale,en-GB",
        "locale,de",
        "phone_number,+1 (425) 555-1212",
        "phone_number,+1 (604) 555-1234;ext=5678",
        "formatted,'Road 1\nLondon'"
    })
    void takesWhatTheStandardDescribes(String claim, String value) {
        assertThat(ProfileRules.refusal(claim, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "name,''",
        "name,'a\nb'",
        "name,a\u202Eb",
        "website,javascript:alert(1)",
        "picture,'data:image/svg+xml,<svg/>'",
        "profile,/me",
        "birthdate,1815-13-01",
        "birthdate,10.12.1815",
        "zoneinfo,Europe/Nowhere",
        "locale,'<b>'",
        "phone_number,call me"
    })
    void refusesWhatWouldHarmWhoeverShowsIt(String claim, String value) {
        assertThat(ProfileRules.refusal(claim, value)).isPresent();
    }
}
