import Foundation
import Notebook

extension Pretraining {
  /// Trains to the end, kept in a file at every measurement and at Ctrl-C, beside the bare step.
  ///
  /// A course on a disk that cannot be written to can still be read and run: that is told once.
  ///
  /// - Parameters:
  ///   - corpus: what is learnt and what it is tested on.
  ///   - file: where the run is kept.
  ///   - writing: takes the sample at the first measurement.
  ///   - bareStep: is timed as the run goes on.
  ///   - page: tells whether to stop.
  /// - Throws: `GradientNotFinite` where the run has diverged.
  func run(
    on corpus: Corpus, keptIn file: RunFile, _ writing: Writing, beside bareStep: BareStep,
    of page: Page
  ) throws {
    var isKept = true
    func keep() {
      do { try file.save(self) } catch {
        if isKept { notice("No checkpoint is kept: \(error)") }
        isKept = false
      }
    }
    try page.completing { isToStop in
      try run(on: corpus, until: isToStop, pause: { bareStep.measure(6) }) { _ in
        if earlySample.isEmpty { earlySample = writing.line(model) }
        keep()
      }
      if isToStop() && !isDone {
        keep()
        if isKept { notice("Step \(step) is kept: the same command with --resume goes on.") }
      }
    }
    if isDone && bareStep.secondsPerStep == 0 { bareStep.measure(6) }
  }
}

/// A line for the reader, beside the page.
func notice(_ text: String) {
  Progress.hide()
  FileHandle.standardError.write(Data("\(text)\n".utf8))
}
