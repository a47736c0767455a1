package dev.signet.verifier;

/**
 * How a verifier is doing.
 *
 * @param keys how many keys of the issuer are known
 * @param keysCurrent whether the last attempt to fetch them worked
 * @param statusLists how many status lists are kept
 * @param expiredStatusLists how many of them have expired without a newer one
 * @param push whether the issuer tells of revocations as they happen
 * @param rememberedProofs how many DPoP proofs are remembered against replay
 */
public record VerifierState(
        int keys, boolean keysCurrent, int statusLists, int expiredStatusLists, boolean push, int rememberedProofs) {

    /** Whether tokens can be checked at all. */
    public boolean canVerify() {
        return keys > 0;
    }
}
