import Foundation
import TensorCore

/// The training step alone: loss, gradient, optimizer, on the same windows each time.
///
/// It is the step that `swift run benchmark gpt` times. What the loop adds to it shows in comparison:
/// drawing windows, cutting the gradient, measuring, saving. It trains a copy of the model.
final class BareStep {
  private let model: GPT
  private let optimizer: AdamW
  private let windows: [[Int]]
  private var seconds = 0.0
  private var steps = 0

  init(_ model: GPT, _ windows: [[Int]]) {
    self.model = model.clone()
    self.windows = windows
    optimizer = AdamW(self.model.parameters, learningRate: 1e-4)
  }

  /// Makes some steps and takes their time.
  func measure(_ count: Int) {
    // The first steps of several meet cold caches.
    for _ in 0..<3 { advance() }
    let start = Date()
    for _ in 0..<count { advance() }
    seconds += Date().timeIntervalSince(start)
    steps += count
  }

  /// The time of one step, in seconds, over all measurements.
  var secondsPerStep: Double { seconds / Double(max(1, steps)) }

  /// The share of a run's time that as many bare steps would take.
  func share(of run: Pretraining) -> Double {
    secondsPerStep * Double(run.plan.steps) / max(run.seconds, 1e-9)
  }

  private func advance() {
    let loss = model.loss(windows)
    optimizer.clearGradients()
    loss.backward()
    optimizer.step()
  }
}
