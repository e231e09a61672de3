import Testing

@testable import TensorCore

struct LARSTests {
  @Test func `three steps agree with the algorithm in 64 bits`() throws {
    let fixture = try Checkpoint(contentsOf: fixturePath("lars.safetensors"))
    let parameters = ["weight", "bias", "zero"].map {
      NamedVariable($0, Variable(fixture["\($0).start"]!, needsGradient: true))
    }
    let optimizer = LARS(
      parameters, learningRate: 0.5, momentum: 0.9, weightDecay: 0.1, trust: 0.02)
    for step in 0..<3 {
      for parameter in parameters {
        parameter.variable.gradient = fixture["\(parameter.path).gradient\(step)"]!
      }
      optimizer.step()
    }
    for parameter in parameters {
      let expected = fixture["\(parameter.path).end"]!.numbers
      for (a, b) in zip(parameter.variable.value.numbers, expected) {
        // Numbers of order 1 after some ten roundings of 6e-8 each.
        #expect(abs(a - b) < 1e-6)
      }
    }
  }

  @Test
  func `a step's length is the trusted fraction of the weights, whatever the gradient's size`() {
    for scale in [Float(1e-3), 1, 1e3] {
      let variable = Variable(Tensor([2, 2], fill: 3), needsGradient: true)
      let optimizer = LARS(
        [NamedVariable("w", variable)], learningRate: 1, momentum: 0, weightDecay: 0, trust: 0.01)
      variable.gradient = Tensor([2, 2], fill: scale)
      optimizer.step()
      // ‖w‖ = 6, so the step is 0.06 long, 0.03 for each of the four. Three roundings of 2e-7.
      for number in variable.value.numbers { #expect(abs(number - 2.97) < 1e-6) }
    }
  }
}
