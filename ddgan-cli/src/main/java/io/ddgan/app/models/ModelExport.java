package io.ddgan.app.models;

import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.CheckpointNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.file.PathUtils;

/**
 * Exports a run as a model: a run that can be sampled, evaluated and used as a warm start, but not
 * resumed. It has the averaged generator of one checkpoint, optionally the discriminator, the
 * evaluations of the generator, and its provenance.
 *
 * @param run the run
 */
public record ModelExport(RunFolder run) {

  /**
   * Makes a model from a checkpoint.
   *
   * @param model the folder of the model, empty or missing
   * @param step the step of the checkpoint
   * @param networks the networks to include
   * @throws IOException if the folder is not empty, the run has no such checkpoint, or a file
   *     cannot be read or written
   */
  public void to(RunFolder model, long step, Set<CheckpointNetwork> networks) throws IOException {
    requireFree(model);
    RunCheckpoints checkpoints = RunCheckpoints.of(run);
    Checkpoint passedOn = CheckpointNetwork.load(networks, checkpoints, step);
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("step", step);
    source.put("sha256", checkpoints.hash(step));
    Provenance before = Provenance.read(run.provenance());
    Provenance provenance =
        before.isOfModel() ? before : before.with(Provenance.EXPORTED_FROM, source);
    List<EvaluationRecord> measured =
        new EvaluationFiles(run.root())
            .read().stream().filter(each -> isOf(step, each.subject())).toList();
    model
        .create(
            Files.readString(run.experiment()),
            () -> {
              provenance.write(model.provenance());
              new CheckpointStore(model.checkpoints()).save(passedOn);
              if (!measured.isEmpty()) {
                new EvaluationFiles(model.root()).add(measured);
              }
            })
        .close();
  }

  private static void requireFree(RunFolder model) throws IOException {
    if (Files.exists(model.root()) && !PathUtils.isEmpty(model.root())) {
      throw new IOException(
          "%s is not empty; choose another folder with --model".formatted(model.root()));
    }
  }

  private static boolean isOf(long step, Subject subject) {
    boolean isAverage =
        subject.weights().equals(Subject.EMA)
            && subject.checkpoint().filter(s -> s == step).isPresent();
    return subject.isReal() || isAverage;
  }
}
