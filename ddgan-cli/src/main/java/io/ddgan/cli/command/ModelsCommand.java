package io.ddgan.cli.command;

import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.models.Models;
import io.ddgan.app.models.Models.Card;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.runs.RunOverview;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.internal.config.Binder;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code ddgan models}: lists the trained models that come with ddgan. */
@Command(
    name = "models",
    description = "List the trained models that come with ddgan, or describe one.")
final class ModelsCommand extends Subcommand {

  private final Experiments experiments;
  private final Binder binder;
  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Model to describe (default: list all).")
  private Optional<RunFolder> model = Optional.empty();

  @Inject
  ModelsCommand(Experiments experiments, Binder binder, Invocation invocation) {
    this.experiments = experiments;
    this.binder = binder;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (model.isPresent()) {
      describe(model.get());
    } else {
      list(Models.ofDistribution());
    }
    return ExitCode.OK;
  }

  private void list(Models models) throws IOException {
    List<String> names = models.names();
    if (names.isEmpty()) {
      out().println("this distribution of ddgan has no models");
      return;
    }
    Table table = new Table();
    table.row("model", "samples", "steps", "size");
    List<String> drafts = new ArrayList<>();
    for (String each : names) {
      RunFolder folder = models.model(each).orElseThrow();
      Card card = Card.of(folder, binder);
      if (card.draft().orElse(false)) {
        drafts.add(each);
        continue;
      }
      RunOverview overview = RunOverview.of(folder, experiments);
      table.row(
          each,
          card.makes(),
          "%,d".formatted(overview.summary().step()),
          Quantities.bytes(overview.bytes()));
    }
    table.print(out());
    if (!drafts.isEmpty()) {
      say("%ndrafts, whose limits to read first: %s", String.join(", ", drafts));
    }
    say(
        "%nsample with: %s; describe with: %s",
        invocation.of(List.of("sample", "MODEL")), invocation.of(List.of("models", "MODEL")));
  }

  private void describe(RunFolder folder) throws IOException {
    folder.requireRun();
    Card card = Card.of(folder, binder);
    Table table = new Table();
    table.row("samples", card.makes());
    table.row("data", card.data());
    table.row("licence", card.licence());
    table.row("training", card.training());
    table.row("limits", card.limits());
    table.row("folder", folder.root().toString());
    table.print(out());
    List<EvaluationRecord> records = new EvaluationFiles(folder.root()).read();
    if (!records.isEmpty()) {
      out().println();
      new EvaluationReport(records).print(out());
    }
  }
}
