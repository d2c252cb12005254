package io.ddgan.cli;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Parts;
import io.ddgan.api.ReverseStep;
import java.util.List;
import java.util.Optional;

/** Parts that no configuration has put together. */
record ExampleParts(
    DiffusionProcess process,
    ReverseStep reverse,
    Generator generator,
    Optional<Discriminator> discriminator,
    Optional<AdversarialLoss> loss,
    List<GradientPenalty> penalties)
    implements Parts {}
