import Foundation
import TensorCore

extension Chapter1 {
  static let policyGradient = Exercise<Chapter1Functions>(
    "1.5", "What a baseline changes", file: "PolicyGradient.swift", kind: .derive, minutes: 45,
    difficulty: 3, section: "Reinforcement learning",
    hints: [
      """
      Begin with log softmax(z)ₐ = zₐ − log Σⱼ exp(zⱼ) and differentiate it by one logit zᵢ, once for \
      i = a and once for i ≠ a. The mean over actions is then a sum over a with weights π(a). For the \
      baseline: the quantity to minimise is a parabola in b.
      """,
      """
      ∂ log π(a)/∂zᵢ = [i = a] − πᵢ. With Σₐ π(a) ∇ log π(a) = 0 the baseline drops out of the mean, \
      and ∂J/∂zᵢ = πᵢ (Rᵢ − J). The parabola Σₐ π(a) (Rₐ − b)² wₐ with wₐ = ‖∇ log π(a)‖² has its \
      lowest point where its derivative by b is 0.
      """,
      """
      policyGradient: p = softmax(logits); (reward − baseline) · (onehot(action) − p).
      expectedPolicyGradient: p = softmax(logits); J = Σ p·rewards; p · (rewards − J).
      bestBaseline: w[a] = the squared length of onehot(a) − p; b = Σ p·w·rewards / Σ p·w, and J if the \
      divisor is 0.
      """,
    ],
    parts: [
      Part("the step for one action", points: 2, checkSampleGradient),
      Part("the expected gradient", points: 2, checkExpectedGradient),
      Part("the baseline with the least variance", points: 2, checkBestBaseline),
    ])

  /// log softmax(logits)ₐ, and π(a) as its power, in Double.
  private static func logPolicy(_ logits: [Double], _ action: Int) -> Double {
    let top = logits.max()!
    return logits[action] - top - log(logits.map { exp($0 - top) }.reduce(0, +))
  }

  /// log π for every action.
  private static func logPolicy(_ logits: [Double]) -> [Double] {
    let first = logPolicy(logits, 0)
    return logits.map { $0 - logits[0] + first }
  }

  private static func probabilities(_ logits: [Float]) -> [Double] {
    logPolicy(logits.map(Double.init)).map { exp($0) }
  }

  /// Central differences of a function of the logits: error about 10⁻⁸ in Double.
  private static func slope(_ logits: [Float], of function: ([Double]) -> Double) -> [Double] {
    let exact = logits.map(Double.init)
    return exact.indices.map { index in
      var up = exact
      var down = exact
      up[index] += 1e-4
      down[index] -= 1e-4
      return (function(up) - function(down)) / 2e-4
    }
  }

  private static func checkSampleGradient(_ functions: Chapter1Functions) throws {
    func check(_ logits: [Float], _ action: Int, _ reward: Float, _ baseline: Float) throws {
      let input =
        "logits \(text(logits)), action \(action), reward \(text(reward)), baseline"
        + " \(text(baseline))"
      let got = try answer(on: input) {
        try functions.policyGradient(logits, action, reward, baseline)
      }
      let log = slope(logits) { logPolicy($0, action) }
      let plain = slope(logits) { exp(logPolicy($0, action)) }
      let gain = Double(reward - baseline)
      let lone = logits.indices.map { $0 == action ? gain * log[action] : 0 }
      // Probabilities, and 1 less one of them, times the gain: a few roundings of each. Of very small ones
      // the differences of logarithms say too little.
      let policy = probabilities(logits)
      let sizes = policy.indices.map {
        Float(abs(gain) * ($0 == action ? 1 : max(1e-3, policy[$0])))
      }
      try expectClose(
        got, log.map { Float(gain * $0) }, tolerance: shareTolerance(logits), least: .each(sizes),
        "This is not (reward − baseline) · ∇ log π(action).", on: input,
        misconceptions: [
          Misconception(
            "Your step points downhill, away from reward: REINFORCE climbs.",
            gives: log.map { Float(-gain * $0) }),
          Misconception(
            "You left the baseline out.", gives: log.map { Float(Double(reward) * $0) }),
          Misconception(
            "You added the baseline; it is subtracted.",
            gives: log.map { Float(Double(reward + baseline) * $0) }),
          Misconception(
            "This is the gradient of π(action), not of its logarithm. A likely action is tried often"
              + " already; the logarithm makes up for that.",
            gives: plain.map { Float(gain * $0) }),
          Misconception(
            "You moved the logit of the tried action alone. All logits share the softmax's sum, so the"
              + " others change too.", gives: lone.map { Float($0) }),
          Misconception(
            "1/π(a) is the slope of log π in π; the logits' slopes are asked for, and π depends on all"
              + " of them.",
            gives: logits.indices.map {
              $0 == action ? Float(gain / exp(logPolicy(logits.map(Double.init), action))) : 0
            }),
          Misconception(
            "You left out the softmax's sum: ∇ log π(a) is not 1 at the action and 0 elsewhere.",
            gives: logits.indices.map { $0 == action ? Float(gain) : 0 }),
        ])
    }
    // The first input tells the wrong ideas apart.
    try check([1, 0, -0.5], 1, 3, 0.5)
    try check([0, 0], 1, 3, 1)
    try check([2], 0, 5, 1)
    try check([0, 0, 0], 0, 1, 1)
    try check([1000, 0, -1000], 1, 2, 0.5)
    try check([-1000, -1001], 1, 2, 0.5)
    try randomCases(12, seed: 51) { random, size in
      let logits = (0..<2 + size / 3).map { _ in 1.5 * random.normal() }
      try check(
        logits, random.integer(below: logits.count), 4 * random.normal(), 2 * random.normal())
    }
    try unfriendlyLists(.equalRows, .sizes, .stability, seed: 54) { logits, random in
      for action in Set([0, logits.count / 2, logits.count - 1]).sorted() {
        try check(logits, action, random.uniform(-4..<4), 0.5)
      }
    }
    try unfriendlyLists(.nearTies, seed: 57) { logits, random in
      for action in [0, logits.count - 1] { try check(logits, action, 3, 1) }
    }
    try unfriendly(.scale) {
      try check([1, 0, -0.5], 0, 300, 299)
      try check([1, 0, -0.5], 2, -400, 0)
      try check([1, 0, -0.5], 1, 3e6, 1e6)
      try check([1, 0, -0.5], 1, -3e20, 1e20)
      try check([1, 0, -0.5], 0, 3e-12, 1e-12)
    }
    try unfriendly(.chance) {
      // The same logits with another action or reward, and again.
      for (action, reward) in [(0, 3), (1, 3), (1, 5), (0, 3)] as [(Int, Float)] {
        try check([1, 0, -0.5], action, reward, 1)
        try check([0, 2, -0.5], action, reward, 1)
      }
    }
  }

  private static func checkExpectedGradient(_ functions: Chapter1Functions) throws {
    func check(_ logits: [Float], _ rewards: [Float]) throws {
      let input = "logits \(text(logits)), rewards \(text(rewards))"
      let got = try answer(on: input) { try functions.expectedPolicyGradient(logits, rewards) }
      let pay = rewards.map(Double.init)
      let expected = slope(logits) { z in
        zip(logPolicy(z), pay).reduce(0) { $0 + exp($1.0) * $1.1 }
      }
      let policy = probabilities(logits)
      let average = pay.reduce(0, +) / Double(pay.count)
      let unweighted = slope(logits) { z in
        zip(logPolicy(z), pay).reduce(0) { $0 + $1.0 * $1.1 }
      }
      // Probabilities times R − J, whose errors are some 1e-7 of the largest reward.
      let size = Float(pay.map(abs).max()!)
      try expectClose(
        got, expected.map { Float($0) }, tolerance: shareTolerance(logits), least: .all(size),
        "This is not the gradient of Σₐ π(a) rewards[a].", on: input,
        misconceptions: [
          Misconception(
            "Your gradient points downhill.", gives: expected.map { Float(-$0) }),
          Misconception(
            "You differentiated each π(a) by its own logit alone; every logit changes every π.",
            gives: policy.indices.map { Float(policy[$0] * (1 - policy[$0]) * pay[$0]) }),
          Misconception(
            "π(a) · rewards[a] forgets that a larger logit takes probability from the other actions.",
            gives: policy.indices.map { Float(policy[$0] * pay[$0]) }),
          Misconception(
            "You subtracted the plain average of the rewards; the expected reward weighs each with"
              + " its probability.",
            gives: policy.indices.map { Float(policy[$0] * (pay[$0] - average)) }),
          Misconception(
            "You gave each action the same weight; the policy picks action a with probability π(a).",
            gives: unweighted.map { Float($0) }),
          Misconception(
            "You gave each action the same weight; the policy picks action a with probability π(a).",
            gives: unweighted.map { Float($0 / Double(pay.count)) }),
        ])
    }
    try check([0, 0], [1, 3])
    try check([4], [7])
    try check([1, 2, 3], [5, 5, 5])
    try check([1000, 0], [1, 2])
    try check([-1000, -1001], [1, 2])
    try randomCases(12, seed: 52) { random, size in
      let logits = (0..<2 + size / 3).map { _ in 1.5 * random.normal() }
      try check(logits, logits.map { _ in 4 * random.normal() })
    }
    try unfriendlyLists(.sizes, .stability, .equalRows, .nearTies, seed: 55) { logits, random in
      try check(logits, logits.map { _ in random.uniform(-4..<4) })
    }
    try unfriendly(.scale) {
      try check([1, 0, -0.5], [300, 299, 301])
      try check([0, 0], [-400, 500])
      try check([1, 0, -0.5], [3e6, -2e6, 1e6])
      // No tiny rewards: whoever adds up steps with a baseline of 1 has its rounding.
      try check([1, 0, -0.5], [3e20, -2e20, 1e20])
    }
    try unfriendly(.chance) {
      // The same logits with other rewards, the same rewards with other logits, and again.
      for rewards in [[3, -1, 2], [1, 0, -4], [3, -1, 2]] as [[Float]] {
        try check([1, 0, -0.5], rewards)
        try check([0, 2, -0.5], rewards)
      }
    }
  }

  private static func checkBestBaseline(_ functions: Chapter1Functions) throws {
    func check(_ logits: [Float], _ rewards: [Float]) throws {
      let input = "logits \(text(logits)), rewards \(text(rewards))"
      let got = try answer(on: input) { try functions.bestBaseline(logits, rewards) }
      let policy = probabilities(logits)
      let pay = rewards.map(Double.init)
      /// What the baseline should make small: the mean squared length of a step, by enumeration.
      func scatter(_ baseline: Double) -> Double {
        policy.indices.reduce(0) { sum, action in
          let length = policy.indices.reduce(0) {
            let along = ($1 == action ? 1 : 0) - policy[$1]
            return $0 + along * along
          }
          let gain = pay[action] - baseline
          return sum + policy[action] * gain * gain * length
        }
      }
      // A parabola through three of its points gives its lowest point without any formula for it.
      let far = max(pay.map(abs).max()!, 1e-30)
      let (left, middle, right) = (scatter(-far), scatter(0), scatter(far))
      let bend = (left + right - 2 * middle) / 2
      let expectedReward = policy.indices.reduce(0) { $0 + policy[$1] * pay[$1] }
      let lowest = bend == 0 ? expectedReward : far * (left - right) / (4 * bend)
      // The parabola's points are exact to 10⁻¹⁴ of themselves; weights in Float, however small, to some
      // 10⁻⁶, so that their mean is as exact as the rewards.
      try expectClose(
        got, Float(lowest), tolerance: 5 * shareTolerance(logits), least: .all(Float(far)),
        "Another baseline scatters less: Σ π(a) ‖step‖² is \(text(Float(scatter(Double(got)))))"
          + " with yours and \(text(Float(scatter(lowest)))) with the best.", on: input,
        misconceptions: [
          Misconception(
            "This is the expected reward: a good baseline and the usual one, but not the best.",
            gives: Float(expectedReward)),
          Misconception(
            "This is the plain average of the rewards; rare actions count as much as frequent ones.",
            gives: Float(pay.reduce(0, +) / Double(pay.count))),
          Misconception(
            "You weighted with ‖∇ log π(a)‖² alone; how often the action is picked counts too.",
            gives: Float(
              policy.indices.reduce(0) { sum, action in
                sum + weight(policy, action) * pay[action]
              } / max(1e-12, policy.indices.reduce(0) { $0 + weight(policy, $1) }))),
          Misconception("With 0 there is no baseline.", gives: 0),
        ])
    }
    // The first input tells the wrong ideas apart.
    try check([1, 0, -0.5], [2, 0, 5])
    try check([0, 0, 0], [0, 0, 6])
    try check([1.0986123, 0], [0, 4])
    try check([2], [5])
    try check([0.5, -1, 1], [3, 3, 3])
    try randomCases(12, seed: 53) { random, size in
      let logits = (0..<2 + size / 3).map { _ in 0.8 * random.normal() }
      try check(logits, logits.map { _ in 4 * random.normal() })
    }
    try unfriendlyLists(.sizes, .equalRows, seed: 56) { logits, random in
      try check(logits, logits.map { _ in random.uniform(-4..<4) })
    }
    try unfriendly(.stability) {
      // A policy that is all but sure, and one that is: there every baseline is as good.
      for logits in [[6, 0, 0], [0, 12, 0], [0, 0, 12], [1000, 988, 988]] as [[Float]] {
        try check(logits, [1, 2, 4])
      }
      // Unlikely actions decide, however unlikely they are: 1e-7 and 1e-11.
      for logits in [[0, -16, -17], [-17, 0, -16], [-24, -25, 0]] as [[Float]] {
        try check(logits, [1, 2, 4])
      }
      for logits in [[1000, 0, -5], [0, 1000, 5], [-5, 0, 1000]] as [[Float]] {
        try check(logits, [1, 2, 4])
      }
    }
    try unfriendly(.scale) {
      try check([1, 0, -0.5], [300, 299, 301])
      try check([1, 0, -0.5], [3e6, -2e6, 1e6])
      try check([1, 0, -0.5], [3e-12, -2e-12, 1e-12])
    }
  }

  private static func weight(_ policy: [Double], _ action: Int) -> Double {
    policy.indices.reduce(0) {
      let along = ($1 == action ? 1 : 0) - policy[$1]
      return $0 + along * along
    }
  }
}
