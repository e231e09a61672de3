import Testing

@testable import TensorCore

enum OptimizerKind: String, CaseIterable, Codable {
  case sgd, nesterov, adam, adamW, lars

  /// The optimizer with settings that use all of its terms but the decay.
  func make(_ parameters: [NamedVariable], decay: Float = 0) -> any Optimizer {
    switch self {
    case .sgd: SGD(parameters, learningRate: 0.3, momentum: 0.9, weightDecay: decay)
    case .nesterov:
      SGD(parameters, learningRate: 0.3, momentum: 0.9, isNesterov: true, weightDecay: decay)
    case .adam: Adam(parameters, learningRate: 0.1)
    case .adamW: AdamW(parameters, learningRate: 0.1, weightDecay: decay)
    case .lars: LARS(parameters, learningRate: 20, weightDecay: decay)
    }
  }
}

/// A module whose clone leaves a variable out.
private final class Forgetful: Module {
  let first = Variable(Tensor(1), needsGradient: true)
  let second: Variable?

  init(hasSecond: Bool) { second = hasSecond ? Variable(Tensor(1), needsGradient: true) : nil }

  var parts: Parts { ["first": first, "second": second] }

  func clone() -> Forgetful { Forgetful(hasSecond: false) }
}

struct OptimizerTests {
  @Test(arguments: OptimizerKind.allCases)
  func `a step changes parameters in place and leaves gradients alone`(kind: OptimizerKind) {
    // Long enough that several ranges are updated, and not a multiple of any vector.
    let variable = Variable(sample([3, 20_001]), needsGradient: true)
    let optimizer = kind.make([NamedVariable("w", variable)], decay: 0.1)
    for _ in 0..<3 {
      optimizer.clearGradients()
      (variable * variable).sum().backward()
      let (address, value, gradient) = (
        variable.value.start, variable.value.numbers, variable.gradient
      )
      optimizer.step()
      #expect(variable.value.start == address)
      #expect(variable.value.numbers != value)
      #expect(variable.gradient == gradient)
    }
  }

  @Test(arguments: OptimizerKind.allCases)
  func `a parameter without a gradient stays as it is`(kind: OptimizerKind) {
    let variable = Variable(sample([4, 4]), needsGradient: true)
    let optimizer = kind.make([NamedVariable("w", variable)], decay: 0.1)
    let before = variable.value.numbers
    optimizer.step()
    #expect(variable.value.numbers == before)
  }

  @Test(arguments: OptimizerKind.allCases)
  func `a gradient of another shape stops the step with both shapes`(kind: OptimizerKind) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [kind] in
      let variable = Variable(Tensor([2], fill: 1), needsGradient: true)
      variable.gradient = Tensor([1_000_000], fill: 1)
      kind.make([NamedVariable("w", variable)]).step()
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(".step: w [2] has a gradient [1000000]"))
  }

  @Test func `a value of another shape than at the optimizer's making stops the step`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let variable = Variable(Tensor([2], fill: 1), needsGradient: true)
      let optimizer = SGD([NamedVariable("w", variable)], learningRate: 1)
      variable.value = Tensor([3], fill: 1)
      variable.gradient = Tensor([3], fill: 1)
      optimizer.step()
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("SGD.step: w [3] was [2] when the optimizer was made"))
  }

  @Test func `gradients of different shapes are not added`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let variable = Variable(Tensor([2], fill: 1), needsGradient: true)
      variable.gradient = Tensor([1], fill: 1)
      variable.sum().backward()
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("gradients of shapes [1] and [2] cannot be added"))
  }

  @Test func `Adam counts the steps of each parameter, from its first gradient on`() {
    let variables = (0..<2).map { _ in Variable(Tensor([1], fill: 1), needsGradient: true) }
    let optimizer = Adam(
      variables.enumerated().map { NamedVariable("\($0)", $1) }, learningRate: 0.25)
    for step in 0..<3 {
      variables[0].gradient = Tensor([1], fill: 3)
      if step == 2 { variables[1].gradient = Tensor([1], fill: 3) }
      optimizer.step()
    }
    #expect(optimizer.memory.steps == [3, 1])
    // The first step is η long whatever the gradient: m / √v is g / |g|, up to ε and a few roundings.
    #expect(abs(variables[1].value[0] - 0.75) < 1e-6)
  }

  @Test(arguments: OptimizerKind.allCases)
  func `each optimizer finds the least point of a bowl`(kind: OptimizerKind) {
    let goal = sample([8, 8])
    let variable = Variable(sample([8, 8], seed: 2), needsGradient: true)
    let optimizer = kind.make([NamedVariable("w", variable)])
    let schedule = WarmUpCosine(peak: optimizer.learningRate, warmUp: 5, total: 300)
    func distance() -> Float { meanSquaredError(variable, goal).value.number }
    let first = distance()
    for step in 0..<300 {
      optimizer.learningRate = schedule(step)
      optimizer.clearGradients()
      meanSquaredError(variable, goal).backward()
      optimizer.step()
    }
    // By the end the steps are a thousandth of the first ones, and the loss is their square.
    #expect(distance() < first * 1e-3)
  }

  @Test func `AdamW shrinks only what it is told to`() {
    let (matrix, vector) = (
      Variable(Tensor([2, 2], fill: 1), needsGradient: true),
      Variable(Tensor([2], fill: 1), needsGradient: true)
    )
    let optimizer = AdamW(
      [NamedVariable("weight", matrix), NamedVariable("bias", vector)], learningRate: 0.5,
      weightDecay: 0.5, decaying: { !$0.isVector })
    matrix.gradient = Tensor([2, 2], fill: 0)
    vector.gradient = Tensor([2], fill: 0)
    optimizer.step()
    #expect(matrix.value == Tensor([2, 2], fill: 0.75))  // 1 − 0.5 · 0.5
    #expect(vector.value == Tensor([2], fill: 1))
  }

  @Test func `two parameters of one path are refused`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Random(seed: 1)
      let (a, b) = (Linear(1, 1, using: &random), Linear(1, 1, using: &random))
      _ = Adam(a.parameters + b.parameters, learningRate: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("Adam: two parameters have the path weight"))
  }

  @Test func `the schedule rises to its peak, falls to its end and stays there`() {
    let rate = WarmUpCosine(peak: 1, warmUp: 4, total: 12, last: 0.2)
    #expect((0..<4).map { rate($0) } == [0.25, 0.5, 0.75, 1])
    #expect(rate(4) == 1)
    #expect(abs(rate(8) - 0.6) < 1e-6)  // half way: the mean of 1 and 0.2; one ulp is 6e-8
    #expect(rate(12) == 0.2)
    #expect(rate(1000) == 0.2)
    for step in 4..<12 { #expect(rate(step + 1) < rate(step)) }
    let cold = WarmUpCosine(peak: 3, warmUp: 0, total: 2)
    #expect(cold(0) == 3)
    #expect(cold(2) == 0)
  }

  @Test func `clipping keeps the direction and brings the norm to the limit`() throws {
    let parameters = [[3, 0], [0, 4]].enumerated().map { index, numbers in
      let variable = Variable(Tensor([2], fill: 0), needsGradient: true)
      variable.gradient = Tensor([2], numbers.map { Float($0) })
      return NamedVariable("\(index)", variable)
    }
    #expect(try clipGradients(of: parameters, to: 6) == 5)
    #expect(parameters[0].variable.gradient == Tensor([2], [3, 0]))
    #expect(try clipGradients(of: parameters, to: 2.5) == 5)
    #expect(parameters[0].variable.gradient == Tensor([2], [1.5, 0]))
    #expect(parameters[1].variable.gradient == Tensor([2], [0, 2]))
    parameters[1].variable.gradient = Tensor([2], [0, 3e19])  // its square is beyond 32 bits
    #expect(try clipGradients(of: parameters, to: 1) == 3e19)
    // The limit over the norm is rounded, and so is its product with the gradient.
    #expect(abs(parameters[1].variable.gradient![1] - 1) < 3e-7)
    parameters[0].variable.gradient = Tensor([2], [1.5, 0])
    parameters[1].variable.gradient = Tensor([2], [0, .nan])
    let error = #expect(throws: GradientNotFinite.self) {
      try clipGradients(of: parameters, to: 1)
    }
    #expect(error?.path == "1")
    #expect(parameters[0].variable.gradient == Tensor([2], [1.5, 0]))
  }

  @Test func `the moving average follows the model by its share, in place`() {
    var random = Random(seed: 1)
    let model = Linear(2, 2, using: &random)
    model.weight.value = Tensor([2, 2], fill: 0)
    let follower = ExponentialMovingAverage(of: model, decay: 0.75)
    model.weight.value = Tensor([2, 2], fill: 16)
    follower.update()
    #expect(follower.average.weight.value == Tensor([2, 2], fill: 4))
    let address = follower.average.weight.value.start
    follower.update()
    #expect(follower.average.weight.value == Tensor([2, 2], fill: 7))
    #expect(follower.average.weight.value.start == address)
    #expect(model.weight.value == Tensor([2, 2], fill: 16))
  }

  @Test func `the moving average follows variables that layers share`() {
    var random = Random(seed: 1)
    let shared = Linear(2, 2, bias: false, using: &random)
    let model = Sequential(shared, shared, Linear(weight: shared.weight, bias: nil), BatchNorm(2))
    shared.weight.value = Tensor([2, 2], fill: 0)
    let follower = ExponentialMovingAverage(of: model, decay: 0.75)
    shared.weight.value = Tensor([2, 2], fill: 16)
    follower.update()
    #expect(follower.average.parameters.map(\.path) == model.parameters.map(\.path))
    #expect(follower.average.parameters[0].variable.value == Tensor([2, 2], fill: 4))
    #expect(follower.average.parameters[1].variable.value == model.parameters[1].variable.value)
  }

  @Test func `a model whose clone is made differently is not followed`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ExponentialMovingAverage(of: Forgetful(hasSecond: true), decay: 0.5)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains("has the variables [\"first\"], the model has [\"first\", \"second\"]"))
  }

  @Test func `the norm of a long tensor keeps its digits`() {
    // Each stretch of 4,096 passes through some 270 additions per lane: 270 · 2⁻²⁴ = 1.6e-5 at most.
    #expect(abs(Tensor([1_000_003], fill: 0.1).sumOfSquares - 10_000.03) < 0.17)
  }

  @Test func `minimising makes every step of a schedule, at its rate, and says so after it`() {
    let x = Variable(Tensor([1], fill: 1), needsGradient: true)
    let sgd = SGD([NamedVariable("x", x)], learningRate: 9)
    let schedule = WarmUpCosine(peak: 0.5, warmUp: 2, total: 5)
    var (losses, after): ([Int], [Float]) = ([], [])
    sgd.minimise(schedule, afterStep: { after.append(x.value.number) }) { step in
      losses.append(step)
      return square(x).sum()
    }
    #expect(losses == [0, 1, 2, 3, 4])
    // A step on x² leaves (1 − 2 · rate) of x.
    var expected: Float = 1
    for (step, value) in after.enumerated() {
      expected *= 1 - 2 * schedule(step)
      #expect(abs(value - expected) < 1e-6)
    }
    #expect(after.count == 5)
  }
}
