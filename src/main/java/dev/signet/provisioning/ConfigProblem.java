package dev.signet.provisioning;

/**
 * One thing wrong with a configuration file.
 *
 * @param file the file as the setting names it
 * @param line counted from 1; 0 when the file as a whole is meant
 * @param reason what is wrong
 * @param fix what to do about it
 */
record ConfigProblem(String file, int line, String reason, String fix) {

    String place() {
        return line == 0 ? file : file + ", line " + line;
    }
}
