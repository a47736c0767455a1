package dev.signet.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveDataTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "userPassword",
                "user_password",
                "oldpassword",
                "pwd",
                "pass",
                "passphrase",
                "passwort",
                "pass_word",
                "acme:password"
            })
    void knowsNamesOfPasswords(String name) {
        assertThat(SensitiveData.inName(name)).contains("a password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin", "PIN", "door_pin", "pinCode", "pin-code", "pincode"})
    void knowsNamesOfPins(String name) {
        assertThat(SensitiveData.inName(name)).contains("a PIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"creditCard", "credit_card_number", "cardNumber", "cvv", "PAN", "debit.card"})
    void knowsNamesOfCardNumbers(String name) {
        assertThat(SensitiveData.inName(name)).contains("a payment card number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "api_key", "apiKey", "client-secret", "privateKey", "refreshToken"})
    void knowsNamesOfSecrets(String name) {
        assertThat(SensitiveData.inName(name)).contains("a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant",
                "projects",
                "shipping",
                "opinion",
                "company",
                "secretary",
                "passport_country",
                "boarding_pass",
                "business_card",
                "roles",
                "https://acme.example/tenant"
            })
    void letsHarmlessNamesPass(String name) {
        assertThat(SensitiveData.inName(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "378282246310005",
                "my card is 5555 5555 5555 4444.",
                "6011000990139424"
            })
    void knowsCardNumbersByTheirCheckDigit(String value) {
        assertThat(SensitiveData.inValue(value)).contains("a payment card number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hunter2",
                "pwd=hunter2",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
                "$2b$12$abcdefghijklmnopqrstuv",
                "{SSHA}abcdefgh"
            })
    void knowsPasswordsAndTheirHashes(String value) {
        assertThat(SensitiveData.inValue(value)).contains("a password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIN 1234", "pin: 123456", "his pin code is... pin-code 8841"})
    void knowsPinsThatAreCalledSo(String value) {
        assertThat(SensitiveData.inValue(value)).contains("a PIN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "acme",
                "1234",
                "+41 44 123 45 67",
                "2026-11-25T04:42:39Z",
                "00000000-0000-0000-0000-000000000000",
                "550e8400-e29b-41d4-a716-446655440000",
                "4111111111111111a",
                "12345678901234567890123"
            })
    void letsHarmlessValuesPass(String value) {
        assertThat(SensitiveData.inValue(value)).isEmpty();
    }
}
