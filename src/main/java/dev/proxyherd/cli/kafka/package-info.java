/**
 * {@code herd kafka}: what is to be done with the topic that herds share. The main thread runs it; it depends on {@code kafka},
 * and on {@code cli.options} as all commands do.
 */
@NullMarked
package dev.proxyherd.cli.kafka;

import org.jspecify.annotations.NullMarked;
