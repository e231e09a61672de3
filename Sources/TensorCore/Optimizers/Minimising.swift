extension Optimizer {
  /// Makes all steps of a schedule: sets the rate, computes the loss, and goes down its gradient.
  ///
  /// ```swift
  /// Adam(model.parameters, learningRate: 1e-3)
  ///   .minimise(WarmUpCosine(peak: 1e-3, warmUp: 0, total: 500)) { _ in
  ///     crossEntropy(model(batch()), labels)
  ///   }
  /// ```
  ///
  /// - Parameters:
  ///   - schedule: how many steps, and the learning rate of each.
  ///   - afterStep: what is done when the weights have changed.
  ///   - loss: the loss of one step, counted from 0, a number; it draws its own batch.
  /// - Throws: what `loss` throws; the weights are then as the step before left them.
  public func minimise<Failure: Error>(
    _ schedule: WarmUpCosine, afterStep: () -> Void = {},
    loss: (_ step: Int) throws(Failure) -> Variable
  ) throws(Failure) {
    for step in 0..<schedule.total {
      learningRate = schedule(step)
      let loss = try loss(step)
      clearGradients()
      loss.backward()
      self.step()
      afterStep()
    }
  }
}
