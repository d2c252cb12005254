package io.ddgan.cli.training;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import io.ddgan.api.Listener;

/** Collects who listens to every training, whatever its experiment names. */
public final class ListenerModule extends AbstractModule {

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), Listener.class).addBinding().to(ProgressFiles.class);
  }
}
