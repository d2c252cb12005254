package io.ddgan.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run is.
 *
 * @param state {@code training}, {@code evaluating}, {@code finished}, {@code in use} (finished,
 *     and read by another process), {@code stopped} (it was asked to end, and has saved), {@code
 *     failed}, {@code killed} or {@code damaged}
 * @param step steps that are done, of {@code total}
 * @param error what went wrong, in one line
 * @param seconds how long all processes of its training have taken
 * @param updated when this was written
 */
public record RunSummary(
    Path folder,
    String state,
    long step,
    long total,
    Optional<String> error,
    double seconds,
    Instant updated) {}
