package io.ddgan.slurm;

import io.ddgan.api.ProcessLauncher.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script of an array's task: runs a trial and makes it save at Slurm's signal. */
final class TaskScript {

  /**
   * Slurm sends USR1 shortly before the time limit, and TERM when the task is cancelled. A task
   * that saves after a signal counts as successful.
   */
  private static final String TASK =
      """
      over=
      asked=
      trial=
      end() {
        [ -z "$trial" ] || kill -TERM "$trial"
      }
      trap 'over=yes; end' USR1
      trap 'asked=yes; end' TERM INT
      %s
      exec >>%s 2>&1
      %s
      %s &
      trial=$!
      [ -z "$over$asked" ] || end
      while kill -0 $trial 2>/dev/null; do wait $trial; done
      wait $trial
      code=$?
      if [ -n "$over" ] && [ -z "$asked" ] && [ $code -ne 0 ]; then
        for try in $(seq 60); do # the controller may be restarting
          if scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; then
            echo "ddgan: Slurm's time limit is reached; the trial is queued again"
            exit 0
          fi
          [ -z "$asked" ] || break
          sleep 10
        done
      fi
      [ $code -ne 143 ] || code=0
      exit $code
      """;

  private TaskScript() {}

  /**
   * Returns the script of an array, which runs its tasks' scripts.
   *
   * @param folder the folder of all these scripts
   */
  static String ofArray(Path folder) {
    return "#!/bin/bash\nexec bash %s/\"$SLURM_ARRAY_TASK_ID.sh\"%n"
        .formatted(quoted(folder.toString()));
  }

  /** Returns the script of a trial. */
  static String of(Request trial, List<String> setup) {
    String environment =
        trial.resources().environment().entrySet().stream()
            .map(
                variable ->
                    "export %s=%s".formatted(variable.getKey(), quoted(variable.getValue())))
            .collect(Collectors.joining("\n"));
    String command =
        Stream.concat(Stream.of(trial.program()), trial.arguments().stream())
            .map(TaskScript::quoted)
            .collect(Collectors.joining(" "));
    return TASK.formatted(
        environment, quoted(trial.log().toString()), String.join("\n", setup), command);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
