"""Records losses.json: values and gradients, by PyTorch's automatic differentiation in float64.

python3 losses.py > losses.json
"""
import json

import torch
import torch.nn.functional as F

torch.manual_seed(19)
torch.set_default_dtype(torch.float64)


def numbers(*shape, scale=1.0):
    return (scale * torch.randn(*shape)).requires_grad_()


def record(inputs, value):
    gradients = torch.autograd.grad(value.sum(), list(inputs.values()))
    recorded = {name: tensor.flatten().tolist() for name, tensor in inputs.items()}
    recorded["value"] = value.flatten().tolist()
    for name, gradient in zip(inputs, gradients):
        recorded["gradient-" + name] = gradient.flatten().tolist()
    return recorded


def relativistic_pair(up, down):
    return F.softplus(-(up - down))


def relativistic_mean(up, down):
    return (F.softplus(-(up - down.mean())) + F.softplus(down - up.mean())) / 2


CONJUGATES = {
    "softplus": F.softplus,
    "kl": torch.expm1,
    "chi-squared": lambda x: torch.where(x >= -2, x + x**2 / 4, torch.full_like(x, -1.0)),
    "linear": lambda x: 1 * x,
}

all = {}
real, fake = numbers(7, scale=2), numbers(7, scale=2)
for name, loss in {"paired": relativistic_pair, "average": relativistic_mean}.items():
    all["relativistic-" + name] = {
        "discriminator": record({"real": real, "fake": fake}, loss(real, fake)),
        "generator": record({"real": real, "fake": fake}, loss(fake, real)),
    }
x = numbers(9, scale=3)
for name, conjugate in CONJUGATES.items():
    all["conjugate-" + name] = record({"x": x}, conjugate(x))
print(json.dumps(all, indent=1))
