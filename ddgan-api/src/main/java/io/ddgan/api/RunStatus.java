package io.ddgan.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The state and progress of a run.
 *
 * @param state {@code training}, {@code evaluating}, {@code finished}, {@code in use} (finished,
 *     and read by another process), {@code stopped} (on request, after saving), {@code failed},
 *     {@code killed} or {@code damaged}
 * @param step number of completed steps of {@code total}
 * @param error the error, in one line
 * @param seconds total training time of all its processes
 * @param updated time of the last update
 */
public record RunStatus(
    Path folder,
    String state,
    long step,
    long total,
    Optional<String> error,
    double seconds,
    Instant updated) {}
