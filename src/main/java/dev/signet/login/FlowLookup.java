package dev.signet.login;

/** What became of a flow that an address names. */
public sealed interface FlowLookup {

    /** It is under way, in this browser. */
    record Live(LoginFlow flow) implements FlowLookup {}

    /** It is over, or belongs to another browser: never shown and never joined, but its target is known. */
    record Over(LoginFlow flow) implements FlowLookup {}

    /** There is no such flow, or not any more. */
    record Unknown() implements FlowLookup {}
}
